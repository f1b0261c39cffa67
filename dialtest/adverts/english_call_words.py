"""The words of English calls to action: what fills, what is answered freely, what leaves, what only asks."""

from __future__ import annotations

import re

FILLER = re.compile(
    r"(?:[ :>=*.,-]|(?:back|now|just|simply|only|in|us|with|by|using|saying|the|this|that|password|passcode"
    r"|keyword|word|words"
    r"|code|letters?|to this (?:msg|message|txt|text|sms|number)|to (?:msg|message|txt|text)|(?:msg|message|txt"
    r"|text)(?= with)"
    r"|a (?:txt|text|sms|msg|message)(?= (?:with|saying))|msg|message|either)(?![a-z0-9]))*",
    re.IGNORECASE,
)

FREE_ANSWER = frozenset({
    "ansr", "ans", "answer", "answers", "your", "ur", "yr", "name", "names", "age", "her", "his", "him", "he",
    "she", "my", "me", "mine", "a", "an", "it", "its", "any", "anything", "title", "titles", "mobno", "number",
    "first", "last", "msgs", "messages", "txts", "texts", "reply", "replies", "back", "or", "and", "if", "in", "on",
    "at", "to", "for", "of", "u", "you", "i", "we", "be", "is", "are", "was", "will", "can", "from", "so", "as",
    "do", "not", "dont", "let", "get", "them", "all", "who", "whose", "who's", "what", "where", "when", "how",
    "why", "which", "more", "call", "photo", "photos", "pic", "pics", "video", "postcode", "mobile", "email",
    "charged", "cost", "costs", "costing", "charges", "rate", "rates", "std", "standard", "operator", "service",
    "services", "credit", "credits", "then", "after", "before", "every", "within", "asap", "today", "home",
    "details", "location", "national", "here", "there", "these", "those", "some", "something", "someone", "ya",
    "later", "soon", "tomorrow", "tonight", "yet", "again", "2", "4", "s", "it's", "free", "apply", "per", "each",
    "only", "received", "sent", "b4", "thru",
})  # fmt: skip
PLACEHOLDER = frozenset({
    "name", "name1", "name2", "names", "mobno", "title", "titles", "age", "postcode", "msg", "message", "text",
    "answer", "ansr", "ans", "gender", "number", "followed", "eg", "e.g", "then", "plus", "and", "or",
})  # fmt: skip
WAY_OUT = frozenset({
    "stop", "stop2stop", "stop2end", "end", "quit", "cancel", "unsub", "unsubscribe", "unsubscrib", "out", "optout",
    "opt-out", "remove", "exit", "stopp", "stopall", "arret", "stoptxt", "stopmsg", "stopmsgs", "off",
})  # fmt: skip
ENQUIRY = frozenset(["help", "info", "hl", "hlp", "tc", "tcs", "tnc", "t&c", "t&cs", "terms", "support"])

LEAVE = (
    r"(?:stop|opt[ -]?out|optout|unsub[a-z]*|cancel|end|quit|exit|leave|remov(?:e|al)"
    r"|no (?:more )?(?:ads?|msgs?|messages?|texts?|txts?))"
)
LEAVES_AFTER = re.compile(rf"[\"”’' ]{{0,2}}(?:any ?time )?(?:to|2|4|for) ?{LEAVE}(?![a-z])")
LEAVES_BEFORE = re.compile(rf"(?<![a-z])(?:(?:to|2|4) ?{LEAVE}|remove|unsub[a-z]*|opt[ -]?out)[^.!?]{{0,16}}$")
ASKS_AFTER = re.compile(r"[\"”’' ]{0,2}(?:for|4|to get) ?(?:more )?(?:info|help|t&?c|terms|details|settings)")

SEND = r"(?:txt|text|reply|rply|send|sms|call)"
WAY_OUT_NAMED = re.compile(
    rf"(?<![a-z]){SEND}[ :\"“'-]{{0,3}}(?:(?:with|the word) )?[\"“'(]?(?:[a-z0-9]+ )?stop(?!ped|ping|s\b)"
    rf"|(?<![a-z])(?:2|4) ?{LEAVE}(?![a-z])"
    rf"|stop ?(?:2|to) ?(?:stop|end|cancel|opt|unsub|quit|exit|\d{{4,6}})|stop ?[?=]|stop ?(?:sms|txts?|texts?"
    rf"|msgs?|cs)?[ :-]*0\d{{9}}|stop(?:txt|msg|sms)|(?:txt|text|reply)stop"
    rf"|(?<![a-z])opt[ -]?out|(?<!not )unsub|cancel (?:it )?(?:at )?any ?time|(?<![a-z])or 2 ?stop"
    rf"|(?:txt|text|send|reply) ?no (?:4|for|to) |stop any ?time|for removal|(?<![a-z])remove (?:txt|text|reply|send)"
    r"|επαγραφή|διαγραφή|إلغاء"
)

# These may stand in private messages too, and count only in adverts.
WAY_OUT_MEANT = re.compile(
    rf"(?<![a-z])to {LEAVE}(?![a-z])[^.!?]{{0,30}}(?<![a-z]){SEND}(?![a-z])"
    rf"|(?<![a-z]){SEND}(?![a-z])[^.!?]{{0,30}}(?<![a-z])to (?:stop|cancel|quit|unsub|opt|leave|exit|remove)"
)

CALL_BEFORE = re.compile(
    r"(?<![a-z])(?:call(?:ing|s|free)?|ring|dial|phone|fone|tel|telephone|free ?(?:ph|f)one|hot ?line|contact"
    r"|speak|claim|chat)"
    r"(?![a-z])[^.!?]{0,40}$"
)
CARE_BEFORE = re.compile(
    r"(?<![a-z])(?:(?:to|2) (?:stop|unsub[a-z]*|cancel|opt ?out)(?: \w+){0,3}|unsub[a-z]*|stop(?: sms| texts?"
    r"| msgs?)?|opt ?out|help"
    r"|help ?line|stopcs|cs|cust[a-z]*\.? ?(?:care|serv[a-z]*|svc)|customer services?|cc|care|enq[a-z]*|queries"
    r"|questions|info|t&?c'?s|ts&cs)"
    r"(?: ?(?:call|on|tel|number|no|line))*[ :.=-]{0,3}$"
)
