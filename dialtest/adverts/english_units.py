"""What an English price is charged for: the forms from `ppm` to `every week`, as tables.

Group names are units of `price.Unit`. Four more stand for forms that only the rest of the text can tell: `ppm`, `pm`
(per message, minute or month), `each`, and `several` (per 10 days). A few words of neighbouring markets stand beside
the English ones, because landing pages mix languages.
"""

from __future__ import annotations

import re

MESSAGE = r"(?:msgs?|mess(?:age)?s?|mesg|txts?|texts?|sms|mms|mt|repl(?:y|ies)|rcvd?|rec'?d|rcd|received|bericht)"
UNITS = (
    rf"(?P<per_message>{MESSAGE})"
    r"|(?P<per_minute>min(?:ute)?s?|mnt(?!h))"
    r"|(?P<per_day>day|24 ?h(?:ou)?rs?|dag|tag|jour|día|ημέρα|يوم)"
    r"|(?P<per_week>w(?:ee)?k|7 days|seven days|woche|semaine|semana|εβδομάδα|[أا]سبوع)"
    r"|(?P<per_month>m(?:o?n)?th|mon(?![a-z])|mo(?![a-z])|3[01] days|maand|monat|mois|μήνα|شهر)"
    r"|(?P<per_use>(?:use|usage|time|occasion)(?![a-z]))"
)
THINGS = r"(?P<other>(?:year|annum|tone|track|song|game|go|call|video|question|play|entry|vote|item|pic)(?![a-z]))"
GRADE = (
    r"(?:(?:std|standard|prem(?:ium)?(?: rate)?|inbound|incoming|received|rcvd|each|every|mt|mo|text|sms)"
    r" ?(?=msg|mess|text|txt|sms|reply|min|day|week|wk))?"
)
OPENING = r"p{0,2}[ (:,-]{0,3}"

# After a slash or `per` any word counts (/tone); after `a` or `each` only a word known to be sold.
LINKED = re.compile(
    rf"{OPENING}(?:/ ?|p?per[. ]?|p/ ?|ανά |لكل |كل ){GRADE}(?:{UNITS}|(?P<several>\d|two|three|ten)"
    rf"|(?P<pm>p?m(?![a-z]))|(?P<other>[^\W\d_]))"
)
ARTICLED = re.compile(rf"{OPENING}(?: ?(?:an?|each|every|for each|for every) ){GRADE}(?:{UNITS}|{THINGS})")
ADJACENT = re.compile(
    r"(?P<ppm>ppm(?!s))"
    r"|p?(?:(?P<per_message>p?pt(?![a-z])|p? ?p?(?:msgs?(?![a-z])|sms(?![a-z])|mt(?![a-z]))"
    r"|[ /](?:to |2 )?(?:rcv|receive|recieve|rcvd|rec'?d|received)(?![a-z]))"
    r"|(?P<per_week>p? ?p/?w(?![a-z])| ?\(?(?:weekly|wkly|w(?:ee)?k(?![a-z])|wöchentlich|أسبوعيا))"
    r"|(?P<per_day> ?\(?(?:daily|day(?![a-z])|يوميا))"
    r"|(?P<per_month> ?\(?(?:monthly|pcm(?![a-z])|mnth|mth|month(?![a-z])|شهريا))"
    r"|(?P<per_minute> ?p?mins?(?![a-z]))"
    r"|(?P<pm> ?p[. /]{0,2}m(?![a-z])|m(?![a-z])|m(?=x\d))"
    r"|(?P<each> ?(?:each|ea(?![a-z])|έκαστο))"
    r"|(?P<one_off> ?\(?(?:one[ -]?off|once only|eenmalig|einmalig)))"
)
FORMS_AFTER = (LINKED, ARTICLED, ADJACENT)
RECURRING_OR_METERED = re.compile(
    rf"{OPENING}(?:/ ?|p?per[. ]?|p/ ?|an? ){GRADE}(?:{MESSAGE}|min|day|w(?:ee)?k|m(?:o?n)?th)"
    rf"|p{{0,2}}m(?:sg)?(?![a-z])"
)

COST = (
    r"(?:(?:will |is |are |std |standard |ntwk |network )*"
    r"(?:costs?|cst|costing|charged?s?|chrge?d?|chgd?|chgs?|billed|price|rate|fee|@|=|:)"
    r"(?: std| standard| ntwk| network| chgs?| chg| charges?| rates?| of| at| is| are| only| just|:)*)"
)
BEFORE = re.compile(
    rf"(?:(?:per|each|every) (?:(?:prem(?:ium)?|received|rcvd) )?(?:{UNITS})s?(?: ?{COST})?"
    rf"|(?P<message_costs>(?<![a-z])(?:msgs?|messages?|txts?|texts?|sms|replies)(?:(?: \w+)? ?{COST})?)"
    rf"|(?P<weekly>(?:weekly|wkly) (?:\w+ )?{COST})"
    rf"|(?P<daily>daily (?:\w+ )?{COST})"
    rf"|(?P<monthly>monthly ?(?:\w+ ?)?{COST})"
    r"|(?P<one_off>(?:one[ -]?off|once only|joining|sign[ -]?up|eenmalig:?)(?: \w+){0,2} ?(?:of|is|:|costs?|@|at)?)"
    r")[ (]*$"
)
SAID_BEFORE = {"message_costs": "per_message", "weekly": "per_week", "daily": "per_day", "monthly": "per_month"}
MESSAGE_NEAR = re.compile(rf"(?<![a-z]){MESSAGE}(?![a-z])")

TIMES = re.compile(r" ?[x*] ?\d{1,2}(?!\d)")
LONGEST_BEFORE = 48


def form_after(low: str, end: int) -> tuple[str, int] | None:
    """The unit's group name and where it ends, if one is said right after an amount."""
    times = TIMES.match(low, end)
    for place in (end, times.end()) if times else (end,):
        for form in FORMS_AFTER:
            said = form.match(low, place)
            if said and said.lastgroup:
                return said.lastgroup, said.end()
    return None


def form_before(low: str, start: int) -> str | None:
    """The unit's group name, if one is said right before an amount: `texts cost 25p`, `each msg: £1`."""
    said = BEFORE.search(low, max(0, start - LONGEST_BEFORE), start)
    return SAID_BEFORE.get(said.lastgroup, said.lastgroup) if said and said.lastgroup else None
