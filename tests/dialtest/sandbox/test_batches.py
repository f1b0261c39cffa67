"""The batches of existing subscriptions: everyone reminded once, in their own days, word for word (T6, T8, T9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialtest.model.observation import Message
from tests.dialtest.sandbox.box import NEWS, OTHER, TONES, Box, at

WAY_OUT = "发“0000”到10086"


def test_a_subscription_held_when_the_batches_begin_is_reminded_of_word_for_word() -> None:
    box = Box().order(when="2006-07-10 12:00").until("2006-10-02 00:00")
    expected = [
        "(1/2)中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻短信业务,信息费30元/月。",
        "(2/2)本月内退定下月不再收费,退订请拨打10086,发“0000”到10086",
    ]
    assert expected == sorted(message.text for message in box.texts("/2)"))
    assert {message.sender for message in box.texts("/2)")} == {"10086"}


@pytest.mark.parametrize("seed", range(8))
def test_the_reminder_comes_on_the_days_of_its_batch(seed: int) -> None:
    box = Box(seed=seed).order(when="2006-07-10 12:00").order(TONES).until("2006-10-02 00:00")
    wap, sms = sorted({message.sent_at for _, message in box.heard if WAY_OUT in message.text})
    assert at("2006-09-05 00:00") <= wap < at("2006-09-07 00:00")
    assert at("2006-09-09 00:00") <= sms < at("2006-09-11 00:00")


def test_a_sensitive_user_is_reminded_of_everything_in_the_first_batch() -> None:
    many = [replace(TONES, service_code=f"T{n}", name=f"图铃{n}", access_number=f"1066{n}") for n in range(6)]
    box = Box(services=many)
    for service in many:
        box.order(service, "2006-08-01 12:00")
    (last,) = box.until("2006-10-02 00:00").texts(WAY_OUT)
    assert at("2006-08-21 00:00") <= last.sent_at < at("2006-08-23 00:00")
    sender_of_all = [m for _, m in box.heard if abs((m.sent_at - last.sent_at).total_seconds()) < 30]
    assert all(any(f"腾讯公司提供的图铃{n}WAP业务" in m.text for m in sender_of_all) for n in range(6))


def test_what_was_ordered_after_the_batches_began_is_not_existing() -> None:
    assert Box().order(when="2006-08-21 00:01").until("2006-10-02 00:00").texts(WAY_OUT) == []


@pytest.mark.parametrize("withdrawn", ["2006-08-20 23:59", "2006-09-08 23:59"])
def test_who_withdrew_before_the_batch_is_not_reminded(withdrawn: str) -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw(withdrawn)
    assert box.until("2006-10-02 00:00").texts(WAY_OUT) == []


def test_a_subscription_in_its_last_free_month_has_reminder_2_and_its_batch() -> None:
    box = Box().order(when="2006-08-10 12:00").until("2006-10-02 00:00")
    (last,) = box.texts(WAY_OUT)
    (second,) = [m for m in box.texts("1新浪提供的头条新闻短信业务") if "退订请拨打10086" in m.text]
    assert second.sent_at < at("2006-08-26 00:00") < last.sent_at
    assert WAY_OUT not in second.text


def test_a_carrier_that_begins_later_reminds_nobody() -> None:
    assert Box("2006-08-22 00:00").order().until("2006-10-02 00:00").texts(WAY_OUT) == []


def test_the_batches_change_no_other_subscribers_fate() -> None:
    def fate(*, also_news: bool) -> list[tuple[str, Message]]:
        box = Box().order(TONES, "2006-07-12 09:00", OTHER)
        if also_news:
            box.order(NEWS, "2006-07-13 09:00")
        return [(who, message) for who, message in box.until("2006-12-01 00:00").heard if who == OTHER]

    assert fate(also_news=True) == fate(also_news=False)
