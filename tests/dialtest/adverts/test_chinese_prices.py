"""Prices in Chinese adverts: every way of writing one, and the sums that are none."""

from __future__ import annotations

import pytest

from dialtest.adverts import Price, claims_of

PRICES = {
    "天天笑话，信息费30元/月，退订请拨打10086": [(3000, "per_month")],
    "精彩彩铃每月3元，回复Y开通": [(300, "per_month")],
    "手机报包月5元，发送SJB到10650001": [(500, "per_month")],
    "音乐盒五元包月，先试后买": [(500, "per_month")],
    "包月8元/月，不含通信费": [(800, "per_month")],
    "月功能费2元，首月免费": [(200, "per_month")],
    "开通即享，月租费：6元": [(600, "per_month")],
    "次月起每月仅收5元": [(500, "per_month")],
    "只要10元一个月，随心听": [(1000, "per_month")],
    "资费：３元／月": [(300, "per_month")],
    "資費3元/月，回覆Y訂購": [(300, "per_month")],
    "会员月费¥15/月": [(1500, "per_month")],
    "会员费￥12.50每月": [(1250, "per_month")],
    "20元包月(不含通讯费)": [(2000, "per_month")],
    "人民币6元/月": [(600, "per_month")],
    "6RMB/月": [(600, "per_month")],
    "三块五包月": [(350, "per_month")],
    "两块钱一条": [(200, "per_message")],
    "每条1元，点播即回": [(100, "per_message")],
    "信息费2元/条，不含通信费": [(200, "per_message")],
    "0.5元每条": [(50, "per_message")],
    "一毛钱一条": [(10, "per_message")],
    "5分/条": [(5, "per_message")],
    "每则簡訊3元": [(300, "per_message")],
    "拨打声讯台，1元/分钟": [(100, "per_minute")],
    "市话1毛5每分钟": [(15, "per_minute")],
    "长途0.2元/分": [(20, "per_minute")],
    "每分钟只需0.39元": [(39, "per_minute")],
    "国内通话2角5分/分钟": [(25, "per_minute")],
    "每天仅需1角": [(10, "per_day")],
    "1元/天，不用不花钱": [(100, "per_day")],
    "5元/周": [(500, "per_week")],
    "每周两元": [(200, "per_week")],
    "2元/次": [(200, "other")],
    "点播一次3元": [(300, "other")],
    "彩铃2元/首": [(200, "other")],
    "每首两元": [(200, "other")],
    "30元包年": [(3000, "other")],
    "120元/年": [(12000, "other")],
    "本条1元，咨询95123456": [(100, "other")],
    "信息费：2元，由运营商代收": [(200, "other")],
    "您将点播游戏，资费1元": [(100, "other")],
    "办理10元包100M流量包，回复1": [(1000, "other")],
    "复活仅需2元": [(200, "one_off")],
    "购买该道具需支付4元": [(400, "one_off")],
    "一次性支付6元": [(600, "one_off")],
    "每月2元，每条0.1元": [(200, "per_month"), (10, "per_message")],
    "1、笑话9元/月;2、天气0元/月": [(900, "per_month"), (0, "per_month")],
    "①3元/月 ②5元/月": [(300, "per_month"), (500, "per_month")],
}

NO_PRICES = [
    "您的账户余额为23.60元",
    "本月话费共计58.2元",
    "充100元送50元话费",
    "赢取1000元大奖，回复A参加",
    "抽奖得5元话费",
    "当月消费满88元即可参加",
    "价值299元的手机免费送",
    "可获赠20元话费",
    "每月最高返还30元",
    "每月返5元",
    "立减50元优惠券",
    "超过80元的部分次月返还",
    "200元宝等你来拿",
    "中奖204万元",
    "活动截止2007年5月1日",
    "流量已使用1.5GB",
    "元旦快乐，元月好礼",
    "回复1，200分钟任你打",
    "套餐内剩余5分钟",
    "1元起换购",
    "积分10分兑好礼",
    "10分钟后生效",
]


def expected(rows: list[tuple[int, str]]) -> set[Price]:
    return {Price(amount, "CNY", unit) for amount, unit in rows}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", PRICES)
def test_a_price_is_read_with_amount_and_unit(text: str) -> None:
    assert expected(PRICES[text]) == set(claims_of(text).prices)


@pytest.mark.parametrize("text", NO_PRICES)
def test_prizes_rebates_thresholds_and_balances_are_no_prices(text: str) -> None:
    assert () == claims_of(text).prices
