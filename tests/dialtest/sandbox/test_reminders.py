"""The carrier's messages, word for word, at their times and from their ports."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialtest.model.observation import Message
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import Planted
from tests.dialtest.sandbox.box import NEWS, TONES, Box, at

FIRST = "您已定制试用"
SECOND = "本月内退定"


def test_reminder_1_of_an_order_in_the_first_twenty_days_says_this_month_is_free() -> None:
    box = Box().order(when="2006-07-10 12:00").until("2006-07-10 12:10")
    expected = (
        "您已定制试用新浪的头条新闻业务,信息费30元/月,由中国移动代收,客服电话9510567,"
        "当月免信息费,退订请拨打10086。中国移动"
    )
    assert [expected] == [message.text for message in box.texts(FIRST)]


@pytest.mark.parametrize("when", ["2006-07-21 00:00", "2006-07-31 23:59"])
def test_reminder_1_of_a_later_order_says_it_is_free_to_the_end_of_the_next_month(when: str) -> None:
    box = Box().order(when=when).until("2006-08-01 00:10")
    expected = (
        "您已定制试用新浪的头条新闻业务,信息费30元/月,由中国移动代收,客服电话9510567,"
        "下月底前免信息费,退订请拨打10086。中国移动"
    )
    assert [expected] == [message.text for message in box.texts(FIRST)]


def test_reminder_2_of_one_service_is_one_message_without_a_number() -> None:
    box = Box().order(when="2006-07-10 12:00").until("2006-07-26 00:00")
    expected = (
        "中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻短信业务,信息费30元/月。"
        "本月内退定下月不再收费,退订请拨打10086"
    )
    assert [expected] == [message.text for message in box.texts(SECOND)]


def test_reminder_2_of_two_services_comes_in_numbered_parts() -> None:
    box = Box().order(when="2006-07-10 12:00").order(TONES, "2006-07-12 09:00").until("2006-07-26 00:00")
    expected = [
        "(1/2)中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻短信业务,信息费30元/月;",
        "(2/2)2.腾讯公司提供的精品图铃WAP业务,信息费5元/月。本月内退定下月不再收费,退订请拨打10086",
    ]
    assert expected == sorted(message.text for message in box.texts("/2)"))


@pytest.mark.parametrize(
    ("ordered", "month"),
    [("2006-07-01 00:00", 7), ("2006-07-20 23:59", 7), ("2006-07-21 00:00", 8), ("2006-07-31 23:59", 8)],
)
@pytest.mark.parametrize("seed", range(6))
def test_reminder_2_comes_on_days_21_to_25_of_the_last_free_month(ordered: str, month: int, seed: int) -> None:
    box = Box(seed=seed).order(when=ordered).until("2006-09-01 00:00")
    (reminder,) = box.texts(SECOND)
    assert month == reminder.sent_at.month
    assert 21 <= reminder.sent_at.day <= 25
    assert "10086" == reminder.sender


def test_who_withdraws_before_reminder_2_gets_none() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-07-15 12:00")
    assert [] == box.until("2006-08-02 00:00").texts(SECOND)


@pytest.mark.parametrize("seed", range(20))
def test_reminder_1_and_the_confirmation_are_sent_within_five_minutes(seed: int) -> None:
    box = Box(seed=seed).order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00")
    box.until("2006-07-10 16:00")
    (reminder,), (confirmation,) = box.texts(FIRST), box.texts("您已成功退订")
    assert timedelta(0) < reminder.sent_at - at("2006-07-10 12:00") < timedelta(minutes=5)
    assert timedelta(0) < confirmation.sent_at - at("2006-07-10 15:00") < timedelta(minutes=5)
    assert reminder.at - at("2006-07-10 12:00") < timedelta(minutes=5)


def _sent(ordered: str, count: int = 60) -> list[Message]:
    numbers = [f"138{place:08d}" for place in range(count)]
    box = Box("2006-09-01 00:00", numbers=numbers).until(ordered)
    for number in numbers:
        box.order(number=number)
    box.agenda.advance(at(ordered) + timedelta(minutes=10))
    return [message for number in numbers for message in box.texts(FIRST, number)]


def test_until_the_end_of_september_reminder_1_may_come_from_1862() -> None:
    assert {"10086", "1862"} == {message.sender for message in _sent("2006-09-15 12:00")}


def test_from_october_on_the_old_port_is_closed_even_for_orders_of_the_minutes_before() -> None:
    sent = _sent("2006-09-30 23:58")
    late = [message.sender for message in sent if message.sent_at >= at("2006-10-01 00:00")]
    early = [message.sender for message in sent if message.sent_at < at("2006-10-01 00:00")]
    assert {"10086"} == set(late)
    assert {"10086", "1862"} == set(early)


def test_a_reorder_is_reminded_of_before_its_first_charge_too() -> None:
    box = Box().order(when="2006-07-02 12:00")
    box.withdraw("2006-07-03 12:00")
    box.order(NEWS, "2006-07-29 12:00").until("2006-08-01 00:01")
    (reminder,) = box.texts(SECOND)
    assert at("2006-07-29 12:00") <= reminder.sent_at < at("2006-08-01 00:00")


def test_a_confirmation_held_up_past_the_day_the_old_port_was_closed_comes_from_10086() -> None:
    late = Planted("late", frozenset({NEWS.key}), ALL_FAULTS["withdrawal-confirmed-late"]())
    senders = set()
    for seed in range(8):
        box = Box("2006-09-10 12:00", seed=seed, faults=[late]).order()
        box.withdraw("2006-09-30 23:00")
        senders |= {message.sender for message in box.until("2006-10-01 12:00").texts("您已成功退订")}
    assert {"10086"} == senders
