"""Tells the prices of a Chinese advert from its prizes, rebates, thresholds and balances, and settles their units."""

from __future__ import annotations

import re

from dialtest.adverts.chinese_amounts import Amount, amounts
from dialtest.adverts.chinese_units import unit_after, unit_before
from dialtest.adverts.price import Stated, minor_units, price_for

# What is given, not taken; and sums that only decide something. Looked for in the words just before an amount …
NOT_PAID_BEFORE = re.compile(
    r"(?:中|余额|充值?|兑换?|冲|减免?|利息|剩余|原价|奖励?|奖金|奖品|存|享|价值|优惠|低于|保证金|储值|冻结|返还?|退还?|送|赠|赢取?"
    r"|获得?|得|抽|领取?|省|满|超过?|超出|达到?|高于|少于|不足|小于|大于|结余|账户|账单|预存|缴存?|消费|面值|总额|总值|最高|最低|封顶|上限"
    r"|限额|欠费?|红包|贷款?|额度|抢|夺|累计|实际|话费|补贴|押金|工资|月薪|收入|捐款?|市值|立减|抵|代金|支出|转账)[^,。;!?，；！？/元]{0,6}$"
)
# … and just after it.
NOT_PAID_AFTER = re.compile(
    r"(?:以上|以下|以内|及以上)|(?:[的等]|手机|移动|电话|现金|免费)*(?:话费(?!中)|余额|优惠|充值卡|代金券|券|卡(?!费)|返还|大?奖|封顶|彩金"
    r"|抵|支票|机会|档|流量券|现金|礼|红包|补贴|购物卡|京东卡|油卡|起(?!步)|额度|元宝|手机(?!报)|的?(?:iphone|电脑|相机|大礼))",
    re.IGNORECASE,
)
UNIT_IS_GIVEN = re.compile(
    r"(?:充值?|低于|余额|最高|封顶|送|赠|返还?|奖励?|奖金|赢取?|获赠?|满|超过(?!部分)|消费|存|领取?|工资|收入|立减|省|贷|日薪|时薪|月薪|赚"
    r"|收益)[^,。;!?，；！？]{0,5}$"
)
# A sum taken from the phone's balance is a price: 扣除2元话费.
TAKEN_BEFORE = re.compile(r"(?:扣除|扣取|扣|收取|支付|花费|使用)(?:您|手机|的|: ?| )*$")
BALANCE_AFTER = re.compile(r"(?:的)?(?:手机)?话费")
COST_BEFORE = re.compile(
    r"(?P<fee>信息费|资费|业务费|通信费|通讯费|服务费|功能费|费用|收费|扣费|扣除|扣取|扣|收取|代收|点播费?|定价|单价|标准|每月?)"
    r"(?:[ :(\"“]|为|是|仅|只|标准|共|约|人民币|您|话费|手机|信息费|费用|业务|游戏|点)*$"
)
PAID_BEFORE = re.compile(
    r"(?:仅需?|只需|只要|需要?|须|应?支付|付费?|花费?|一次性|购买|售价|现价|特价|优惠价|价格|金额|买|激活|开通)"
    r"(?:[ :(\"“]|您|支付|付费?|要|花费?|人民币|话费|金额|总计|共计?|共|仅|为|是|价)*$"
)
BUNDLE_AFTER = re.compile(
    r"(?:包|享|含|可享|得)?(?:省内|市内|国内|全国|本地|夜间|闲时|加油|通用|的)*(?:\d+(?:\.\d+)?(?:GB?|MB?|[gm]b?|条|分钟)|流量|短信包|彩信包|叠加|加油|套餐|上网包|资费包)"
)
ORDERING = re.compile(r"订购|定购|办理|开通|购买|定制|订制|申请|回复|推荐|选择|点击|发送|加油包")
BILLED_BEFORE = re.compile(
    r"(?:产生|套餐|累计|共计?|合计|[本当上\d]月)(?:的|了|话费|通话|流量|短信)*(?:费用?|扣费|消费)(?:为|共计?|是|[: ])*$"
)
SOLD_AFTER = re.compile(
    r"(?:的)?(?:包邮|买[的了下]?|购买?|入手|秒杀|抢购|即可(?:购|买|拥有|开通|复活|获得)|就(?:能|可)|/?起购|拿下)"
)
ON_DEMAND = re.compile(r"点播|本条|信息费")
PARTS = re.compile(r"[。;!?；！？]")

NEAR = 16
LARGEST = 3_000
LARGEST_BARE = 500


def chinese_prices(text: str) -> tuple[Stated, ...]:
    """Every statement of a price in plain, simplified text, in order."""
    stated: list[Stated] = []
    ordering = ORDERING.search(text) is not None
    for amount in amounts(text):
        unit, end = _said_unit(text, amount)
        before = PARTS.split(text[max(0, amount.start - NEAR) : amount.start])[-1]
        bare = unit is None
        if amount.value > (LARGEST_BARE if bare else LARGEST):
            continue
        if NOT_PAID_AFTER.match(text, end) and not _is_taken(text, amount, before):
            continue
        unit = _bare_unit(text, amount, before, ordering) if bare else unit
        given = not bare and end > amount.end and UNIT_IS_GIVEN.search(before)
        minor = minor_units(amount.value, amount.currency)
        if unit and not given and minor is not None:
            stated.append(Stated(price_for(minor, amount.currency, unit), amount.start, end, bare))
    return tuple(stated)


def _is_taken(text: str, amount: Amount, before: str) -> bool:
    return BALANCE_AFTER.match(text, amount.end) is not None and TAKEN_BEFORE.search(before) is not None


def _said_unit(text: str, amount: Amount) -> tuple[str | None, int]:
    """The unit said after the amount, or else before it; and where amount and unit end."""
    after = unit_after(text, amount.end)
    return after if after else (unit_before(text, amount.start), amount.end)


def _bare_unit(text: str, amount: Amount, before: str, ordering: bool) -> str | None:
    """No unit said: an information fee is `other`, something bought for good is one_off, all else is no price."""
    if BUNDLE_AFTER.match(text, amount.end) and ordering and not UNIT_IS_GIVEN.search(before):
        return "other"
    paid = PAID_BEFORE.search(before)
    if amount.value == 0 or BILLED_BEFORE.search(before):
        return None
    if paid and not NOT_PAID_BEFORE.search(before[: paid.start()]):
        return "one_off"
    if SOLD_AFTER.match(text, amount.end) and not NOT_PAID_BEFORE.search(before):
        return "one_off"
    cost = COST_BEFORE.search(before)
    return ("other" if cost["fee"] == "信息费" or ON_DEMAND.search(text) else "one_off") if cost else None
