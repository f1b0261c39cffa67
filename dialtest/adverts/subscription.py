"""Whether an offer goes on by itself: it has a recurring price, or its words say so."""

from __future__ import annotations

import re

ENGLISH_RECURS = re.compile(
    r"subscri(?:b|p)|(?<![a-z])(?:un-?)?subs?(?![a-z])|unsub|resub"
    r"|(?:weekly|daily|monthly|wkly) (?:new )?(?:tones?|ringtones?|alerts?|tips?|updates?|content|msgs?|horoscopes?)"
    r"|(?:tones?|tune|ringtone|content|alerts?|horoscopes?|news|results|updates?)[a-z0-9 ]{0,24} (?:weekly|daily|(?:a"
    r"|per) (?:w(?:ee)?k|day|month))"
    r"|auto-?renew|renews? automatically|recurring|until (?:you|u) (?:send|txt|text|cancel|stop|unsub)|abonn"
    r"|συνδρομ|اشتراك|إشترك"
)
NO_SUBSCRIPTION = re.compile(
    r"(?:no|not|without|isn'?t)(?: an?| any)? (?:subs(?![a-z])|subscription)(?! (?:fee|charge))"
    r"|to unsubscribe from (?:these )?emails"
)
EVERY = re.compile(r"(?<![a-z])(?:every|each) (?:w(?:ee)?k|day|month)")
CONTENT_WORD = re.compile(
    r"tone|tune|track|song|alert|(?<![a-z])tips?(?![a-z])|content|download|horoscope|video|(?<![a-z])pics?|joke"
    r"|gossip|chart|hits?(?![a-z])|new "
)
PRIZE_WORD = re.compile(
    r"(?<![a-z])(?:win|won|winners?|cash|prizes?|draw|comp|gift|spree|vouchers?|giving|give)(?![a-z])|£"
)
NEAR = 40

CHINESE_RECURS = re.compile(
    r"包月|(?<!免)月租|(?<!免)月功能费|按月(?:扣|收|付|计)|自动续(?:订|费|约)|(?<!不)(?:定制|订阅)(?!终端|手机)|包周|连续(?:包月|订购)|默认开通"
)
CANCELLED = re.compile(
    r"已(?:经)?(?:成功)?(?:为您)?(?:取消|退订|退定|注销|终止)|(?:取消|退订|退定)成功|成功(?:取消|退订|退定)|没有(?:订购|定制|开通)"
)


FREE_AT_FIRST = re.compile(
    r"(?<![a-z])(?:1st|first|one|\d{1,2}) (?:w(?:ee)?k|month|day)s?(?: (?:is|are|for))? free|free (?:for )?(?:the "
    r"|your )?(?:1st|first) (?:w(?:ee)?k|month|day)"
)


def english_recurs(low: str, priced: bool) -> bool:
    """`low` is plain text in lower case. A price after a first week free goes on too."""
    if NO_SUBSCRIPTION.search(low):
        return False
    if priced and FREE_AT_FIRST.search(low):
        return True
    return ENGLISH_RECURS.search(low) is not None or any(_brings_content(low, found) for found in EVERY.finditer(low))


def _brings_content(low: str, every: re.Match[str]) -> bool:
    """`a tune every week` recurs; `win £100 every week` does not."""
    before = low[max(0, every.start() - NEAR) : every.start()]
    return not PRIZE_WORD.search(before) and bool(CONTENT_WORD.search(before + low[every.end() : every.end() + NEAR]))


def chinese_recurs(text: str) -> bool:
    """`text` is plain and simplified. A note that something was cancelled offers nothing."""
    return bool(CHINESE_RECURS.search(text)) and not CANCELLED.search(text)
