"""What a Chinese price is charged for: the forms before an amount (每月3元) and after it (3元/月), as tables."""

from __future__ import annotations

import re

PER = r"(?:/|每(?:一)?个?|一个?|1|按|\\|per )"
FILLING = r"(?:钱|整|人民币|的|费|左右)?[ )（(\"”】]{0,2}"

# Group names are units of price.Unit. 首, 曲, 个 and other things sold count as `other`.
AFTER = re.compile(
    rf"{FILLING}(?:"
    r"(?P<per_message>(?:/|每一?|一|1|\\)(?:条|则|封|SMS|sms|短信|msg))"
    r"|(?P<per_minute>(?:/|每一?|一|1|\\)(?:分钟|分(?![钱之])|min))"
    r"|(?P<per_day>(?:/|每一?|一|1|\\)(?:天|日)|包[天日])"
    r"|(?P<per_week>(?:/|每一?|一|1|\\)个?(?:周|星期|礼拜)|包周)"
    r"|(?P<per_month>(?:/|每一?|一|1|\\)?(?:个月|月(?![1-9\d日底末]))(?!度)|包月|/?30[天日]|/?M(?![BbGg])|月租|月功能费)"
    r"|(?P<per_use>(?:/|每一?|一|1|\\)次)"
    r"|(?P<other>包?(?:/|每一?|一|\\)?(?:半年|年(?!\d)|季度?)|(?:/|每一?|\\)\d*(?:秒|分钟|个?月|天|小时|GB|MB|KB|[GMKgmk](?![a-zA-Z]))"
    r"|(?:/|每一?|一|\\)(?:首|曲|个|部|本|集|款|注|张|件|份|期|章|千字|幅|套|组|关|局|把|盘|户|人|票|篇|词|位)|点播))"
)
SAYS = (
    r"(?:[ :,\"“(]|仅需?要?|只需?要?|才|收取?|需要?|扣除?|为|是|另?付|支付|花|就|均|各|低至|约|统一|固定|共|合"
    r"|标准|资费|费用|价格"
    r"|信息费|功能费|使用费|服务费|业务费|基本费|通信费|通讯费|租金|租费|租|费|优惠价?|特惠价?|人民币|包|卡|按|自动|从|话费(?=中?扣)|中)"
)
BEFORE = re.compile(
    r"(?:(?P<per_month>每个?月|每一个月|(?<![\d一二三四五六七八九十])月(?=功能费|租|费|使用费|信息费|服务费|资费|基本费|付|收)|包月|按月|次月起|一个月)"
    r"|(?P<per_message>(?:每一?[条则封]|单条|一条)(?:短信|彩信|简讯|信息)?)"
    r"|(?P<per_minute>每一?分钟?)"
    r"|(?P<per_day>每一?[天日]|一天)"
    r"|(?P<per_week>每个?(?:周|星期)|包周)"
    r"|(?P<per_use>每一?次|单次|一次(?!性))"
    r"|(?P<other>每一?(?:首|曲|部|本|个|集|款|注|张|件|份|期|章|年)|包年|(?:半年|年|季)(?=[包费卡])|本条|此条|该条|本次|此次|本次消费|本短信|点播))"
    rf"{SAYS}{{0,6}}$"
)

# In 每月3元每天0.1元 the 每天 belongs to what follows it.
OPENS_NEXT = re.compile(rf"{SAYS}{{0,4}}[\d一二两三四五六七八九十]")

LONGEST_BEFORE = 20


def unit_after(text: str, end: int) -> tuple[str, int] | None:
    """The unit's name and where it ends, if one is said right after an amount."""
    said = AFTER.match(text, end)
    if said is None or said.lastgroup is None:
        return None
    opens_next = "每" in said[0] and OPENS_NEXT.match(text, said.end())
    return None if opens_next else (said.lastgroup, said.end())


def unit_before(text: str, start: int) -> str | None:
    """The unit's name, if one is said right before an amount."""
    said = BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
    return said.lastgroup if said else None
