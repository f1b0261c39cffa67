"""What pages do to their readers: ticked boxes, forms that send themselves, orders on open, lures and poses."""

from __future__ import annotations

import pytest

from dialtest.adverts import page_of
from tests.dialtest.adverts.page_builder import BUTTON, page, read

FORM = '<form id="f" action="/subscribe"><button>OK</button></form>'
SENT_BY_ITSELF = {
    "<script>document.forms[0].submit()</script>": "script_submit",
    "<script>window.onload = function () { document.forms[0].submit(); }</script>": "script_submit",
    "<script>setTimeout(function () { document.getElementById('f').submit() }, 3000)</script>": "script_submit",
    "<script>$(document).ready(function(){ $('#f').submit(); });</script>": "script_submit",
    "<script>function go() { f.submit(); } go();</script>": "script_submit",
    "<script>(function () { f.requestSubmit() })()</script>": "script_submit",
    "<script>document.addEventListener('DOMContentLoaded', () => { f.submit() })</script>": "script_submit",
}
SENT_BY_HAND = [
    "<script>function go() { f.submit(); }</script><a onclick='go()'>go</a>",
    "<script>btn.addEventListener('click', function () { f.submit(); })</script>",
    "<script>btn.onclick = () => { f.submit() }</script>",
    "<script>$('#b').click(function(){ $('#f').submit(); });</script>",
    "<script>// document.forms[0].submit()\nvar x = 'f.submit()';</script>",
    "<script>function validate(e) { if (ok) { f.submit(); } } form.onsubmit = validate;</script>",
]


@pytest.mark.parametrize("script", SENT_BY_ITSELF)
def test_a_form_that_sends_itself_is_seen(script: str) -> None:
    assert (SENT_BY_ITSELF[script],) == read(FORM, script).self_submits


@pytest.mark.parametrize("script", SENT_BY_HAND)
def test_a_form_its_reader_sends_is_honest(script: str) -> None:
    assert () == read(FORM, script).self_submits


def test_other_ways_to_move_on_by_itself_are_named() -> None:
    onload = page_of(f'<body onload="document.forms[0].submit()">{FORM}</body>')
    refresh = read(FORM, head='<meta http-equiv="Refresh" content="3; url=/subscribe?s=1">')
    timer = page_of('<wml><card ontimer="o.do?order=1"><timer value="30"/><p>Hi</p></card></wml>')
    enter = page_of('<wml><card><onevent type="onenterforward"><go href="o.do"/></onevent><p>Hi</p></card></wml>')
    seen = [("onload_submit",), ("meta_refresh",), ("wml_timer",), ("wml_enter",)]
    assert seen == [reading.self_submits for reading in (onload, refresh, timer, enter)]


def test_reloading_itself_is_no_moving_on() -> None:
    assert () == read(head='<meta http-equiv="refresh" content="60">').self_submits


ORDERED_ON_OPEN = {
    '<img src="/order?service=5" width="1" height="1">': "/order?service=5",
    '<iframe src="http://pay.example.com/subscribe.do?id=1"></iframe>': "http://pay.example.com/subscribe.do?id=1",
    "<script>new Image().src = '/dinggou?yw=3';</script>": "/dinggou?yw=3",
    "<script>fetch('/api/subscribe')</script>": "/api/subscribe",
    "<script>location.href = 'sms:106600001?body=DZ';</script>": "sms:106600001?body=DZ",
    '<meta http-equiv="refresh" content="0;url=/confirm?order=1">': "/confirm?order=1",
}


@pytest.mark.parametrize("body", ORDERED_ON_OPEN)
def test_an_order_address_called_on_open_is_seen(body: str) -> None:
    assert (ORDERED_ON_OPEN[body],) == read(body).orders_on_open


@pytest.mark.parametrize(
    "body",
    [
        '<img src="/img/order-button.png">',
        '<script src="/js/order.js?v=3"></script>',
        '<img src="http://subscribe.example.com/logo.gif">',
        '<a href="/order?s=1">Order</a>',
        "<script>function order() { fetch('/order') }</script><button onclick='order()'>Order</button>",
    ],
)
def test_pictures_hosts_and_pressed_links_order_nothing_on_open(body: str) -> None:
    assert () == read(body).orders_on_open


def test_boxes_ticked_beforehand_are_told_with_their_words() -> None:
    body = '<label><input type="checkbox" name="more" checked>Also send me jokes</label>'
    labelled = '<input type="checkbox" id="a" checked><label for="a">同意包月</label>'
    assert (("Also send me jokes",), ("同意包月",)) == (read(body).preticked, read(labelled).preticked)


@pytest.mark.parametrize(
    "body",
    [
        '<input type="checkbox" name="agree">',
        '<label><input type="checkbox" checked name="rememberme">Remember me</label>',
        '<input type="radio" name="size" value="small" checked>',
    ],
)
def test_boxes_left_open_and_harmless_ones_do_not_count(body: str) -> None:
    assert () == read(body).preticked


@pytest.mark.parametrize(
    "words", ["Hurry! Ends in 00:<span>30</span>", "优惠倒计时 05:00", "Offer expires in 45 seconds"]
)
def test_a_countdown_is_seen(words: str) -> None:
    assert read(f"<p>{words}</p>").countdown


@pytest.mark.parametrize("words", ["Open 09:00 to 17:30", "A 15 minute video", "每天10分钟"])
def test_times_of_day_are_no_countdown(words: str) -> None:
    assert not read(f"<p>{words}</p>").countdown


@pytest.mark.parametrize("words", ["Win an iPhone", "Most recent winners", "恭喜您中奖", "参与抽奖"])
def test_a_prize_as_bait_is_seen(words: str) -> None:
    assert read(f"<p>{words}</p>").prize_bait


@pytest.mark.parametrize(
    ("words", "pose"),
    [
        ("【中国移动】您的业务", "【中国移动】"),
        ("系统消息：请确认", "系统消息"),
        ("尊敬的移动用户，您好", "尊敬的移动用户"),
        ("Is your device protected?", "your device protected"),
        ("Virus detected!", "Virus detected"),
    ],
)
def test_posing_as_the_carrier_or_the_system_is_told_in_its_own_words(words: str, pose: str) -> None:
    assert (pose,) == read(f"<p>{words}</p>").poses_as


def test_naming_the_carrier_as_biller_is_no_pose() -> None:
    assert () == read("<p>信息费3元/月,由中国移动代收,退订请拨打10086</p>").poses_as


@pytest.mark.parametrize(
    "field", ['type="tel"', 'name="msisdn"', 'placeholder="请输入手机号"', 'type="text" id="phone"']
)
def test_a_field_for_the_number_is_seen(field: str) -> None:
    assert read(f"<form><input {field}></form>").asks_number


def test_other_fields_do_not_ask_for_the_number() -> None:
    assert not read('<input type="hidden" name="phone"><input name="city">').asks_number


def test_controls_tell_words_target_and_whether_they_order() -> None:
    body = (
        BUTTON
        + '<a href="/terms">Terms</a><a href="/go?order=1">weiter</a><a href="#top">Top</a>'
        + '<img src="b.png" onclick="x()" alt="Download"><input type="submit" value="Cancel">'
    )
    told = [(found.kind, found.words, found.target, found.orders) for found in read(body).controls]
    assert [
        ("button", "Subscribe now", "/order?service=XW", True),
        ("link", "Terms", "/terms", False),
        ("link", "weiter", "/go?order=1", True),
        ("link", "Top", "", False),
        ("button", "Download", "", True),
        ("button", "Cancel", "", False),
    ] == told


def test_a_hidden_button_is_no_control() -> None:
    assert () == read(f'<div style="display:none">{BUTTON}</div>').controls


def test_a_reading_can_be_printed_as_json() -> None:
    printed = read("<p>Subscription £3 per week</p>", BUTTON).as_json()
    assert (True, [], False) == (printed["price_visible"], printed["concealed_prices"], printed["truncated"])


HOSTILE = {
    "nested": "<div>" * 100_000,
    "formatting": "<i><b><u><s>x</p>" * 20_000,
    "lists": "<ul><li>" * 50_000,
    "attributes": "<a " + " ".join(f"a{n}=1" for n in range(40_000)) + ">",
    "unfinished": "<x <x " * 50_000,
    "entities": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>',
    "outside entity": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
    "styles": "<style>" + "p p p p{color:#fff}" * 20_000 + "</style>" + "<p>x</p>" * 2_000,
    "braces": "<script>" + "{" * 50_000 + "f.submit()" * 50 + "</script>",
    "style text": f'<p style="{"font-size:1px;" * 20_000}">x</p>',
    "numbers": "<p style='font-size:99999999999999px;color:rgb(999,999,999,9.9.9)'>x</p>",
    "zero bytes": "<p>\x00\x00</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(20)
def test_a_hostile_page_is_read_in_bounded_time(name: str) -> None:
    reading = page_of(HOSTILE[name])
    assert "root:" not in reading.text


def test_a_page_too_long_is_cut_and_says_so() -> None:
    reading = page_of(page("<p>Subscription £3 per week</p>", "x" * (2 * 1024 * 1024)))
    assert (True, 1) == (reading.truncated, len(reading.claims.prices))
