"""Whether a text calls anything free; being free this evening, or no longer free, is something else."""

from __future__ import annotations

import re

ENGLISH_FREE = re.compile(
    r"(?<![a-z])(?:free(?![a-z])|free(?=msg|entry|phone|fone|message|call|2|4|gift)|complimentary|gratis"
    r"|(?<!at )for nothing"
    r"|without charge|at no cost)|(?:call|txt|text)free(?![a-z])|مجاني|δωρεάν"
)
NEGATED = re.compile(r"(?<![a-z])(?:not|no|never|isn'?t|aren'?t|no longer|without)(?: an?| any| a)? $")
NOT_PROMISED = re.compile(
    r"(?<![a-z])(?:i'?m|im|am|are (?:you|u|we|they)|r u|u r|you'?re|ur|he'?s|she'?s|is (?:he|she)"
    r"|he is|she is|feel|be|been|being|when|if|whether|hands|sugar|fat|tax|duty|drug|smoke|hassle|stress|worry"
    r"|care|debt|interest"
    r"|set|keep|u|you|till|until|finally|get) ?-?$"
)
PERSONAL_AFTER = re.compile(
    r" (?:time|now|tonight|tomorrow|tmr|tmrw|today|this|that|on|at|after|around|later|ah|lor|la|anytime|then"
    r"|to (?:meet|talk|come|go|call"
    r"|chat|do)|all (?:day|week|next)|next|sat|sun|mon|tue|wed|thu|fri|[?.,!]|from work)"
)
PROMOTED = re.compile(
    r" ?(?:msg|message|entry|trial|gift|ring|tone|text|txt|call|min|credit|content|download|game|camera|phone"
    r"|mobile|nokia|access"
    r"|membership|sms|service|week|month|day|video|pic|delivery|unlimited|for|4|2|to (?:join|receive|enter|play"
    r"|download))"
)

CHINESE_FREE = re.compile(
    r"(?<![无不非没])(?<!没有)(?<!不再)(?<!并非)(?<!不是)免费(?!(?:服务|咨询|客服|查询)?(?:专线|热线|电话(?!时)|号码|拨打)|客服|咨询)|免(?:收|去|除)?(?:首月|当月|全部)?(?:信息|月|功能|通信|通讯|流量|订购|体验|月租|手续|服务|使用)费"
    r"|(?:零|0)(?:费用|资费|月租|信息费)|不收(?:取)?(?:任何|信息|功能|额外|其他)+费用?|无(?:需付费|需付款|信息费|月租费|月功能费)"
    r"|不要钱|不花(?:一分)?钱|白送|免单|(?:信息费|月租|费用|资费)全免|(?:首月|前[\d一两二三]个?月|当月|首次)(?:仅需?|只需?)?0元|(?<![\d.])0元(?:体验|试用|享|领|送|开通|订|包)"
)


def english_free(low: str, advert: bool) -> bool:
    """`low` is plain text in lower case; outside adverts only what is plainly promoted as free counts."""
    for found in ENGLISH_FREE.finditer(low):
        if found[0] != "free" or _is_promised(low, found.start(), found.end(), advert):
            return True
    return False


def _is_promised(low: str, start: int, end: int, advert: bool) -> bool:
    if NEGATED.search(low, max(0, start - 16), start):
        return False
    if advert and not NOT_PROMISED.search(low, max(0, start - 12), start):
        return True
    return bool(PROMOTED.match(low, end)) and not PERSONAL_AFTER.match(low, end)


def chinese_free(text: str) -> bool:
    """`text` is plain and simplified. 免费, 免信息费, 无信息费 count; 无免费试用, 不再免费 do not."""
    return CHINESE_FREE.search(text) is not None
