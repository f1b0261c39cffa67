"""When the honest carrier charges (T3, T5), to the minute."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialtest.model.act import Send
from tests.dialtest.sandbox.box import FUNDED, NEWS, WEATHER, Box


@pytest.mark.parametrize(
    ("ordered", "first"),
    [
        ("2006-07-01 00:00", "2006-08-01 00:00"),
        ("2006-07-20 23:59", "2006-08-01 00:00"),
        ("2006-07-21 00:00", "2006-09-01 00:00"),
        ("2006-07-31 23:59", "2006-09-01 00:00"),
        ("2006-12-21 00:00", "2007-02-01 00:00"),
    ],
)
def test_the_first_charge_follows_the_free_time(ordered: str, first: str) -> None:
    box = Box().order(when=ordered).until("2007-03-01 12:00")
    assert first == box.charged()[0]


def test_a_subscription_is_charged_once_a_month_at_midnight_of_the_1st() -> None:
    box = Box().order(when="2006-07-10 12:00").until("2006-11-15 00:00")
    expected = ["2006-08-01 00:00", "2006-09-01 00:00", "2006-10-01 00:00", "2006-11-01 00:00"]
    assert expected == box.charged()


@pytest.mark.parametrize("asked", ["2006-07-31 23:00", "2006-07-31 23:59"])
def test_a_withdrawal_asked_for_in_the_last_hour_is_not_charged_whenever_it_takes_effect(asked: str) -> None:
    for seed in range(10):
        box = Box(seed=seed).order(when="2006-07-10 12:00")
        box.withdraw(asked)
        assert [] == box.until("2006-10-02 00:00").charged()


def test_a_withdrawal_asked_for_on_the_1st_is_charged_for_that_month_alone() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-08-01 00:00")
    assert ["2006-08-01 00:00"] == box.until("2006-10-02 00:00").charged()


def test_a_reorder_has_no_free_month() -> None:
    box = Box().order(when="2006-07-02 12:00")
    box.withdraw("2006-07-03 12:00")
    box.order(when="2006-07-25 12:00").until("2006-08-02 00:00")
    assert ["2006-08-01 00:00"] == box.charged()


def test_ordering_what_one_has_changes_nothing() -> None:
    box = Box().order(when="2006-07-10 12:00").order(when="2006-07-25 12:00").until("2006-09-02 00:00")
    assert ["2006-08-01 00:00", "2006-09-01 00:00"] == box.charged()


def test_a_use_is_charged_once_at_once_and_subscribes_to_nothing() -> None:
    box = Box().order(WEATHER, "2006-07-10 12:00").until("2006-09-02 00:00")
    assert ["2006-07-10 12:00"] == box.charged()
    assert () == box.query().subscriptions


def test_an_empty_balance_is_not_charged() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.carrier.accounts[FUNDED].balance_fen = NEWS.fee_fen - 1
    assert [] == box.until("2006-08-02 00:00").charged()


@pytest.mark.parametrize("text", ["HELP", "0000", "DZXWX9", "", "订购"])
def test_what_is_no_order_costs_nothing_and_orders_nothing(text: str) -> None:
    box = Box().until("2006-07-10 12:00")
    box.do(Send(NEWS.access_number, text, "wrong"))
    box.until("2006-09-02 00:00")
    assert [] == box.charged()
    assert () == box.query().subscriptions
    assert [] == box.heard


def test_the_order_command_is_understood_in_any_case_and_with_spaces_round_it() -> None:
    box = Box().until("2006-07-10 12:00")
    box.do(Send(NEWS.access_number, " dzxw ", "order"))
    assert ["头条新闻"] == [row.service_name for row in box.query().subscriptions]


def test_services_of_one_port_that_share_a_withdrawal_word_end_what_is_held() -> None:
    sport = replace(NEWS, service_code="TY", name="体育新闻", order_command="DZTY")
    box = Box(services=[NEWS, sport]).order(sport, "2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00", sport, channel="sms")
    box.until("2006-07-12 00:00")
    assert [("体育新闻", "withdrawn")] == [(row.service_name, row.status) for row in box.query().subscriptions]
