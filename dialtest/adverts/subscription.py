"""Whether an offer goes on by itself: it has a recurring price, or its words say so."""

from __future__ import annotations

import re

ENGLISH_RECURS = re.compile(
    r"subscri(?:b|p)|(?<![a-z])(?:un-?)?subs?(?![a-z])|unsub|resub"
    r"|(?:every|each) (?:w(?:ee)?k|day|month)|(?:weekly|daily|monthly|wkly) (?:tones?|ringtones?|alerts?|tips?|updates?|content|msgs?|horoscopes?)"
    r"|(?:tones?|tune|ringtone|content|alerts?|horoscope|update|msgs?|texts?)[a-z0-9 ]{0,24} (?:weekly|daily|(?:every|each|a|per) (?:w(?:ee)?k|day|month))"
    r"|auto-?renew|renews? automatically|recurring|until (?:you|u) (?:send|txt|text|cancel|stop|unsub)|abonn|συνδρομ|اشتراك|إشترك"
)
NO_SUBSCRIPTION = re.compile(
    r"(?:no|not|without|isn'?t)(?: an?| any)? (?:subs(?![a-z])|subscription)(?! (?:fee|charge))|to unsubscribe from (?:these )?emails"
)
CONTENT_WORD = re.compile(r"tone|tune|alert|tip|content|msg|text|txt|download|game|horoscope|new|service|club|mob|video|pic|joke|goss")

CHINESE_RECURS = re.compile(r"包月|月租|月功能费|按月(?:扣|收|付|计)|自动续(?:订|费|约)|(?<!不)(?:定制|订阅)(?!终端|手机)|包周|连续(?:包月|订购)|默认开通")
CANCELLED = re.compile(r"已(?:经)?(?:成功)?(?:为您)?(?:取消|退订|退定|注销|终止)|(?:取消|退订|退定)成功|成功(?:取消|退订|退定)|没有(?:订购|定制|开通)")


def english_recurs(low: str) -> bool:
    """`low` is plain text in lower case."""
    if NO_SUBSCRIPTION.search(low):
        return False
    found = ENGLISH_RECURS.search(low)
    if found is None:
        return False
    return not found[0].startswith(("every", "each")) or bool(CONTENT_WORD.search(low))


def chinese_recurs(text: str) -> bool:
    """`text` is plain and simplified. A note that something was cancelled offers nothing."""
    return bool(CHINESE_RECURS.search(text)) and not CANCELLED.search(text)
