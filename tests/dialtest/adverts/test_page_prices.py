"""Where a page shows its price, and how it hides it."""

from __future__ import annotations

import pytest

from dialtest.adverts import Price, page_of
from tests.dialtest.adverts.page_builder import BUTTON, PRICE, page, read

WEEKLY = Price(300, "GBP", "per_week")
HIDDEN = {
    '<p style="display:none">Subscription £3 per week</p>': "not_displayed",
    '<div style="visibility: hidden"><p>Subscription £3 per week</p></div>': "not_displayed",
    "<p hidden>Subscription £3 per week</p>": "not_displayed",
    '<p style="opacity:0.05">Subscription £3 per week</p>': "not_displayed",
    '<p style="height:0;overflow:hidden">Subscription £3 per week</p>': "not_displayed",
    '<p style="position:absolute;left:-9999px">Subscription £3 per week</p>': "off_screen",
    '<p style="font-size:3px">Subscription £3 per week</p>': "tiny",
    '<p style="font-size:0.2em">Subscription £3 per week</p>': "tiny",
    '<p style="color:#fefefe">Subscription £3 per week</p>': "low_contrast",
    '<div bgcolor="#000000"><font color="#111111">Subscription £3 per week</font></div>': "low_contrast",
    '<p style="background:#ccc;color:rgb(210, 210, 210)">Subscription £3 per week</p>': "low_contrast",
}
LEGIBLE = [
    PRICE,
    '<p style="font-size:11px;color:#666">Subscription £3 per week</p>',
    '<p style="background:#000;color:#fff">Subscription £3 per week</p>',
    '<p style="background:url(x.png);color:#fff">Subscription £3 per week</p>',
    "<small>Subscription £3 per week</small>",
    "<p>Subscription <b>£</b><b>3</b> per week</p>",
    "<table><tr><td>Subscription £3</td><td>per week</td></tr></table>",
]
SHEETS = {
    ".small{font-size:2px}": '<p class="small">Subscription £3 per week</p>',
    "#foot .legal { color:#fff }": '<div id="foot"><p><span class="legal">Subscription £3 per week</span></p></div>',
    "p, h1 {display:none !important}": PRICE,
    "div > p {visibility:hidden}": f"<div>{PRICE}</div>",
}


@pytest.mark.parametrize("body", HIDDEN)
def test_a_price_nobody_can_read_is_concealed_with_its_reason(body: str) -> None:
    reading = read(BUTTON, body)
    assert [WEEKLY] == [concealed.price for concealed in reading.concealed_prices]
    assert HIDDEN[body] in reading.concealed_prices[0].reasons
    assert () == reading.legible_prices


@pytest.mark.parametrize("body", LEGIBLE)
def test_a_price_in_honest_print_is_legible(body: str) -> None:
    reading = read(body, BUTTON)
    assert ((), (WEEKLY,)) == (reading.concealed_prices, reading.legible_prices)


@pytest.mark.parametrize("sheet", SHEETS)
def test_style_sheets_in_the_page_conceal_too(sheet: str) -> None:
    reading = read(SHEETS[sheet], BUTTON, head=f"<style>{sheet}</style>")
    assert [WEEKLY] == [concealed.price for concealed in reading.concealed_prices]


def test_a_rule_for_other_media_or_classes_conceals_nothing() -> None:
    sheet = "@media print { p {display:none} } .other {display:none} p:hover {color:#fff}"
    assert (WEEKLY,) == read(PRICE, head=f"<style>{sheet}</style>").legible_prices


def test_a_later_and_stronger_rule_shows_again() -> None:
    sheet = "p {display:none} .price {display:block}"
    assert (WEEKLY,) == read(
        '<p class="price">Subscription £3 per week</p>', head=f"<style>{sheet}</style>"
    ).legible_prices


def test_a_price_that_is_also_shown_legibly_is_not_concealed() -> None:
    assert () == read(PRICE, BUTTON, '<p style="font-size:1px">Subscription £3 per week</p>').concealed_prices


def test_a_price_beside_the_button_is_near() -> None:
    distance = read(PRICE, BUTTON).price_distance
    assert distance is not None
    assert (False, True) == (distance.far, distance.characters < 20)


@pytest.mark.parametrize(
    "filler", ["<p>The best of every day.</p>" * 60, "<br>" * 60, "<p>&nbsp;</p>" * 60, "word " * 400]
)
def test_a_price_screens_below_the_button_is_far(filler: str) -> None:
    distance = read(BUTTON, filler, PRICE).price_distance
    assert distance is not None
    assert distance.far


def test_the_nearest_of_several_statements_counts() -> None:
    distance = read(PRICE, "<p>words and words</p>" * 60, PRICE, BUTTON).price_distance
    assert distance is not None
    assert not distance.far


def test_without_a_price_or_a_button_there_is_no_distance() -> None:
    assert (None, None) == (read(BUTTON).price_distance, read(PRICE).price_distance)


def test_the_claims_of_a_chinese_wap_page_are_read() -> None:
    wml = (
        '<?xml version="1.0"?><!DOCTYPE wml PUBLIC "-//WAPFORUM//DTD WML 1.1//EN" "http://www.wapforum.org/DTD/wml_1.1.xml">'
        '<wml><card id="c" title="铃声"><p>精品图铃&nbsp;信息费5元/月<br/>退订请拨打10086</p>'
        '<do type="accept" label="订购"><go href="o.do?s=TL&amp;ch=3" method="post"/></do></card></wml>'
    )
    reading = page_of(wml)
    assert (Price(500, "CNY", "per_month"),) == reading.legible_prices
    assert reading.claims.opt_out
    assert [("订购", "o.do?s=TL&ch=3", True)] == [
        (found.words, found.target, found.orders) for found in reading.controls
    ]


def test_links_of_broken_wml_keep_their_query() -> None:
    reading = page_of('<wml><card><p>信息费2元/次<a href="x?order=1&b=2">订购</a><br></card>')
    assert ["x?order=1&b=2"] == [found.target for found in reading.controls]


def test_scripts_styles_and_titles_are_not_read_as_text() -> None:
    reading = read("<script>var p = '£9 per week';</script>", BUTTON, head="<style>/* £8 per week */</style>")
    assert ((), ()) == (reading.claims.prices, reading.concealed_prices)


def test_the_text_of_a_page_is_what_a_reader_sees() -> None:
    assert "One Two three" == read("<h1>One</h1><p>Two <i>three</i></p>").text


def test_gb18030_is_read_whether_declared_or_not() -> None:
    declared = page("<p>信息费3元/月</p>", head='<meta charset="gb2312">').encode("gb18030")
    bare = page("<p>信息费3元/月</p>").encode("gb18030")
    marked = page("<p>信息费3元/月</p>").encode("utf-16")
    assert [(Price(300, "CNY", "per_month"),)] * 3 == [page_of(each).claims.prices for each in (declared, bare, marked)]
