"""A text that cannot speak of money has no price in it and calls nothing free, whoever reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.adverts import claims_of, speaks_of_money

WORDS = (
    "免费", "免信息费", "零月租", "不要钱", "白送", "0元", "5元/月", "三角", "五毛", "两块五", "一分钱", "每月",
    "包月", "点播", "信息", "资讯", "新闻", "今日", "天气", "首月", "前三个月", "只需", "共", "圓", "費", "錢", "塊",
    "五", "3", "１５", "1.50", "0.5", "。", ",", ":", " ", "£3", "¥",
    "RMB", "free", "ＦＲＥＥ", "€", "&#102;", "per msg", "/", "(", ")", "-",
)  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), st.text(max_size=40)))
def test_where_nothing_speaks_of_money_no_price_and_nothing_free_is_found(text: str) -> None:
    claims = claims_of(text)
    assert speaks_of_money(text) or not (claims.prices or claims.free)


@pytest.mark.parametrize("text", ["今日要闻: 天气晴,15度", "第3期(上)", "", "好久不见,猜猜我是谁?"])
def test_content_is_mostly_silent(text: str) -> None:
    assert not speaks_of_money(text)
