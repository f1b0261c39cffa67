"""What a script can do over the carrier's other ways in: lists by SMS, channels that are not open yet, busy halls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from dialtest.model.act import Listen, Send, Withdraw
from dialtest.script import Dial
from tests.dialtest.sandbox.box import NEWS, TONES, at
from tests.dialtest.script.phone import BRITAIN, Phone, trouble

LIST = (
    "您已定购的梦网业务:1.腾讯公司“精品图铃”5元/月;2.新浪“头条新闻”30元/月。"
    "回复序号退订该业务,回复00000全部退订。中国移动"
)


def asked(what: Callable[[Dial], Awaitable[Any]], phone: Phone) -> Any:
    """What one call of a dial's method brings on this phone."""
    answers: list[Any] = []

    async def script(dial: Dial) -> None:
        answers.append(await what(dial))

    phone.body = script
    phone.__post_init__()
    phone.played()
    assert "" == phone.reason
    return answers[0]


def test_the_list_by_sms_gives_the_number_of_the_service_after_ten_minutes() -> None:
    phone = Phone(Dial.order, texts=(LIST,))
    assert "2" == asked(Dial.list_by_sms, phone)
    assert [("10086", "0000", "query")] == phone.sent
    assert [at("2006-07-10 12:10:01")] == [act.until for act in phone.acts if isinstance(act, Listen)]


@pytest.mark.parametrize("texts", [(), ("您目前没有定购梦网业务。中国移动",), (LIST.replace("新浪", "新浪网"),)])
def test_where_no_list_names_the_service_it_is_waited_for_an_hour(texts: tuple[str, ...]) -> None:
    phone = Phone(Dial.order, texts=texts)
    assert "" == asked(Dial.list_by_sms, phone)
    assert [at("2006-07-10 12:10:01"), at("2006-07-10 13:00:01")] == [
        act.until for act in phone.acts if isinstance(act, Listen)
    ]


def test_a_market_without_short_code_has_no_list() -> None:
    phone = Phone(Dial.order, policy=BRITAIN, begins="2019-11-04 12:00")
    assert "" == asked(Dial.list_by_sms, phone)
    asked(Dial.withdraw_from_all, phone)
    assert [] == phone.acts


def test_a_withdrawal_by_list_sends_the_number_back() -> None:
    phone = Phone(Dial.order, texts=(LIST,))
    asked(Dial.withdraw_by_list, phone)
    assert [("10086", "0000", "query"), ("10086", "2", "withdraw")] == phone.sent


def test_nothing_is_sent_back_to_a_list_that_does_not_name_the_service() -> None:
    phone = Phone(Dial.order)
    assert at("2006-07-10 13:00:01") == asked(Dial.withdraw_by_list, phone)
    assert [("10086", "0000", "query")] == phone.sent


def test_the_word_for_all_goes_to_the_carrier() -> None:
    phone = Phone(Dial.order)
    asked(Dial.withdraw_from_all, phone)
    assert [("10086", "00000", "withdraw")] == phone.sent


def beside_tones(dial: Dial) -> Dial:
    dial.companion = TONES
    return dial


def test_the_companion_is_ordered_at_its_own_port_and_the_list_gives_its_number() -> None:
    async def script(dial: Dial) -> str:
        await beside_tones(dial).order_companion()
        await dial.withdraw_companion_by_list()
        return await dial.list_by_sms()

    phone = Phone(Dial.order, texts=(LIST,))
    assert "" == asked(script, phone)
    assert [
        (TONES.access_number, TONES.order_command, "order"),
        ("10086", "0000", "query"),
        ("10086", "1", "withdraw"),
        ("10086", "0000", "query"),
    ] == phone.sent


def test_a_dial_without_companion_orders_none() -> None:
    phone = Phone(Dial.order)
    asked(Dial.order_companion, phone)
    asked(Dial.withdraw_companion_by_list, phone)
    assert [] == phone.acts


def test_a_companion_that_cannot_be_ordered_is_no_obstacle() -> None:
    async def script(dial: Dial) -> None:
        await beside_tones(dial).order_companion()
        await dial.order()

    phone = Phone(Dial.order, replies={Send: [trouble("refused", "the spend cap")]})
    asked(script, phone)
    assert [TONES.access_number, NEWS.access_number] == [to for to, _, _ in phone.sent]


def test_a_market_that_asks_for_a_second_yes_hears_it_for_the_companion_too() -> None:
    async def script(dial: Dial) -> None:
        await beside_tones(dial).order_companion()

    keyword = BRITAIN.timeline[-1][1].order.confirm_keyword
    phone = Phone(Dial.order, policy=BRITAIN, begins="2019-11-04 12:00", texts=(f"Reply {keyword} to join",))
    asked(script, phone)
    assert [
        (TONES.access_number, TONES.order_command, "order"),
        (TONES.access_number, keyword, "confirm"),
    ] == phone.sent


def over(channel: str) -> Callable[[Dial], Awaitable[Any]]:
    async def withdraw(dial: Dial) -> Any:
        return await dial.withdraw(channel=channel)

    return withdraw


def test_a_channel_that_is_not_open_yet_is_no_obstacle() -> None:
    phone = Phone(Dial.order, replies={Withdraw: [trouble("not_open", "web 2006-09-01")]})
    assert at("2006-07-10 12:00:01") == asked(over("web"), phone)


def test_a_withdrawal_that_met_an_outage_is_asked_for_again_an_hour_later() -> None:
    phone = Phone(Dial.order, replies={Withdraw: [trouble("outage"), trouble("outage")]})
    assert at("2006-07-10 14:00:03") == asked(over("hall"), phone)
    assert [Withdraw, Listen, Withdraw, Listen, Withdraw] == [type(act) for act in phone.acts]


@pytest.mark.parametrize("failure", ["timeout", "garbage"])
def test_a_withdrawal_that_may_have_been_done_is_never_repeated(failure: Any) -> None:
    phone = Phone(over("hall"), replies={Withdraw: [trouble(failure)]}).played()
    assert [Withdraw] == [type(act) for act in phone.acts]
    assert phone.reason


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        ("2006-06-10", ("2006-07-19", "terminal")),
        ("2006-07-19", ("2006-07-21", "hall")),
        ("2006-07-25", ("2006-09-01", "web")),
        ("2006-09-10", ("2006-10-01", "wap")),
        ("2006-10-10", ("2006-10-17", "wap")),
    ],
)
def test_the_next_opening_is_the_next_channel_within_eight_weeks_or_the_last_one_in_a_week(
    day: str, opening: tuple[str, str]
) -> None:
    when, channel = Phone(Dial.order, begins=f"{day} 00:00").dial.next_opening
    assert opening == (f"{when:%Y-%m-%d}", channel)


def test_before_any_opening_within_eight_weeks_the_usual_other_channel_is_tried_in_a_week() -> None:
    phone = Phone(Dial.order, policy=BRITAIN, begins="2019-11-04 12:00")
    when, channel = phone.dial.next_opening
    assert (timedelta(days=7), phone.dial.other_channel) == (when - phone.dial.now, channel)


def test_a_dial_knows_which_channels_show_subscriptions_now_and_which_ever_will() -> None:
    dial = Phone(Dial.order, begins="2006-07-20 00:00").dial
    assert ("hotline", "web", "hotline_menu", "terminal") == dial.query_channels
    assert ("hotline", "web", "hotline_menu", "terminal", "hall", "wap") == dial.all_channels


def test_the_next_busy_hour_is_today_or_tomorrow() -> None:
    assert at("2006-07-10 10:15") == Phone(Dial.order, begins="2006-07-10 09:00").dial.next_busy_hour
    assert at("2006-07-11 10:15") == Phone(Dial.order, begins="2006-07-10 12:00").dial.next_busy_hour
