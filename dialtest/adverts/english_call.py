"""Reads the call to action of an English advert: `Txt TONE to 80123`, `reply YES`, `call 09…`, `txt STOP 2 end`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal, NamedTuple

from dialtest.adverts.call_to_action import CallToAction
from dialtest.adverts.english_call_words import (
    ASKS_AFTER,
    CALL_BEFORE,
    CARE_BEFORE,
    ENQUIRY,
    FILLER,
    FREE_ANSWER,
    LEAVES_AFTER,
    LEAVES_BEFORE,
    PLACEHOLDER,
    WAY_OUT,
    WAY_OUT_NAMED,
)

Purpose = Literal["order", "leave", "other"]

VERB = re.compile(
    r"(?<![a-z])(?:txting|txt|texting|text|sending|send|sms|replying|reply|rply|respond)(?:(?=stop)|(?![a-z]))(?!\w*\.[a-z])",
    re.IGNORECASE,
)
ANSWERING = frozenset({"replying", "reply", "rply", "respond"})
CODE = re.compile(
    r"(?:^|(?<![a-z0-9]))(?:(?:to|2|on|at|->?|>|~)[ :]{0,2}(?:(?:no|num|number|the number|short ?code|code)[ .:]*)?)?"
    r"(?P<code>\d{4,6})(?![\d/:,.]\d|\d|p|am|pm|%| ?gbp)",
    re.IGNORECASE,
)
# `WIN to 8…`, the verb left out or misspelt; a capital word and a number as short codes are.
BARE_CODE = re.compile(
    r"(?:(?<![\w-])(?P<word>[A-Z][A-Z0-9]{1,14}) |(?<![A-Za-z0-9]))(?:to|2|on"
    r"|TO)[ :]{0,2}(?:no[ .:]*)?(?P<code>[678]\d{4})(?!\d|[.,/]\d)"
)
QUOTED = re.compile(r"[\"“”'‘’«*][ ]?([A-Za-z0-9][\w &+-]{0,24}?)[ ]?[\"“”'‘’»*]")
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9&+#_-]{0,19}")
SENTENCE_END = re.compile(r"[.!?;](?= |$)|[!?;]")
OPTIONS = re.compile(r" ?(?:,|/|or |\()")
PHONE = re.compile(
    r"(?<![\d/.])(?:\+\d{1,3}[ -]?)?\(?0\)?[1-9](?:[ .-]?\d){7,11}(?!\d)|(?<!\d)(?:\+\d{10,13}|[89]\d{9})(?!\d)"
)

SENDS = re.compile(rf"{VERB.pattern}(?: the word)?[ :\"“'‘]*$", re.IGNORECASE)
SENT_ITSELF = re.compile(r"[\"”'’]? (?:to|2|on) ?\d{4,6}")

REACH = 80
"""Characters after a verb in which its word and number are looked for."""


class Sending(NamedTuple):
    """One thing to send: what for, which word (None if any answer will do), to which short code."""

    purpose: Purpose
    keyword: str | None
    code: str | None
    answering: bool = False


def english_call(text: str, low: str) -> CallToAction:
    """`text` is plain, `low` the same in lower case."""
    sendings = list(_sendings(text))
    orders = [sending for sending in sendings if sending.purpose == "order"]
    leaves = [sending for sending in sendings if sending.purpose == "leave"]
    worded = sorted((order for order in orders if order.keyword), key=lambda order: order.answering and not order.code)
    keyword = worded[0].keyword if worded else None
    code = next((sending.code for sending in (*orders, *leaves) if sending.code), None)
    if not any(sending.code for sending in sendings) and (bare := BARE_CODE.search(text)):
        code, word = bare["code"], bare["word"] or ""
        keyword = keyword or (word if word.lower() not in {"", *WAY_OUT, *FREE_ANSWER} else None)
    return CallToAction(keyword, code, _called(low), bool(leaves) or bool(WAY_OUT_NAMED.search(low)))


def _sendings(text: str) -> Iterator[Sending]:
    verbs = [verb for verb in VERB.finditer(text) if not _is_sent_itself(text, verb)]
    for verb, following in zip_longest(verbs, verbs[1:]):
        end = min(len(text), verb.end() + REACH)
        if following and not re.search(r"(?:and|&) ?$", text[verb.end() : following.start()], re.IGNORECASE):
            end = min(end, following.start())
        yield _sending(
            verb[0].lower() in ANSWERING, text[max(0, verb.start() - 30) : verb.start()], text[verb.end() : end]
        )


def _is_sent_itself(text: str, verb: re.Match[str]) -> bool:
    """The TXT of `send TXT to 8…` is the word to send."""
    if not SENT_ITSELF.match(text, verb.end()):
        return False
    return SENDS.search(text, max(0, verb.start() - 24), verb.start()) is not None


def _sending(answering: bool, before: str, rest: str) -> Sending:
    start = _after_filler(rest)
    ended = SENTENCE_END.search(rest, start + 1)
    code = CODE.search(rest, start, ended.start() if ended else len(rest))
    body = rest[start : code.start() if code else ended.start() if ended else len(rest)].strip(" -:>,.")
    words = _words(body, rest[start:], answering, bool(code))
    purpose = _purpose(words, before.lower(), rest[start + (len(words[0]) if words else 0) :].lower())
    keyword = " ".join(words) if purpose == "order" and words and not _is_free_answer(words, body, bool(code)) else None
    return Sending(purpose, keyword, code["code"] if code else None, answering)


def _after_filler(rest: str) -> int:
    """Where the word to send may start: after `the word:`, but not after a filler that is the word (`NOW to 8…`)."""
    filler = FILLER.match(rest)
    end = filler.end() if filler else 0
    shouted = re.search(r"([A-Z]{3,}) $", rest[:end])
    return shouted.start() if shouted and CODE.match(rest, end) else end


def _words(body: str, rest: str, answering: bool, coded: bool) -> list[str]:
    """The words to send: quoted; all of a short body before a short code; else what stands in capitals."""
    quoted = QUOTED.match(rest)
    if quoted:
        return [quoted[1].strip()]
    tokens = body.split()
    if coded and 0 < len(tokens) <= 3 and all(WORD.fullmatch(token) for token in tokens):
        return _until_placeholder(tokens)
    found = WORD.match(rest)
    if not found or (
        not _stands_out(found[0]) and not (answering and re.match(r" (?:4|for|to|2|now)\b", rest[found.end() :]))
    ):
        return [found[0]] if found and found[0].lower() in WAY_OUT | ENQUIRY else []
    capitals = [found[0]]
    for token in tokens[1:3]:
        if not (WORD.fullmatch(token) and _stands_out(token) and len(token) > 1 and found[0].isupper()):
            break
        capitals.append(token)
    return _until_placeholder(capitals)


def _until_placeholder(tokens: list[str]) -> list[str]:
    cut = next((n for n, token in enumerate(tokens) if token.lower() in PLACEHOLDER and n > 0), len(tokens))
    return tokens[:cut]


def _stands_out(token: str) -> bool:
    return token.upper() == token and any(character.isalnum() for character in token)


def _is_free_answer(words: list[str], body: str, coded: bool) -> bool:
    """`your answer`, `A, B or C`, `1 or 2`: what is sent is the reader's own. But `CALL to 8…` is a word to send."""
    first = words[0]
    if len(first) > 4 and first.isdigit():
        return True
    if len(first) == 1 and OPTIONS.match(body[len(first) :]):
        return True
    if first.isupper() and (coded or (words[1:2] and words[1].isupper() and first == "GET")):
        return first.lower() in PLACEHOLDER
    return any(word.lower() in FREE_ANSWER for word in words if word.islower()) or first.lower() in FREE_ANSWER


def _purpose(words: list[str], before: str, after: str) -> Purpose:
    lowered = [word.lower() for word in " ".join(words).split()]
    meant = lowered and (LEAVES_BEFORE.search(before) or LEAVES_AFTER.match(after))
    if meant or any(word in WAY_OUT for word in lowered):
        return "leave"
    if (lowered and (lowered[0] in ENQUIRY or lowered[-1] in ENQUIRY or lowered == ["no"])) or ASKS_AFTER.match(after):
        return "other"
    return "order"


def _called(low: str) -> str | None:
    """Digits of the number the reader is told to call; help and unsubscribe lines do not count."""
    premium = None
    for phone in PHONE.finditer(low):
        digits = re.sub(r"\D", "", phone[0])
        before = low[max(0, phone.start() - 48) : phone.start()]
        if CARE_BEFORE.search(before):
            continue
        if CALL_BEFORE.search(before):
            return digits
        premium = premium or (digits if digits.startswith("09") and len(digits) == 11 else None)
    return premium
