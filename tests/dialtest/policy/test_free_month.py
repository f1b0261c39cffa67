"""When a subscription is charged first, and when reminder 2 comes (T3–T5)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialtest.policy.load import load_policy

POLICY = load_policy("monternet-2006")


def at(text: str) -> datetime:
    """A time in the market's own zone."""
    return datetime.fromisoformat(text).replace(tzinfo=POLICY.zone)


@pytest.mark.parametrize(
    ("ordered", "charged"),
    [
        ("2006-07-01T00:00:00", "2006-08-01"),
        ("2006-07-20T23:59:59", "2006-08-01"),
        ("2006-07-21T00:00:00", "2006-09-01"),
        ("2006-07-31T23:59:59", "2006-09-01"),
        ("2006-11-20T23:59:59", "2006-12-01"),
        ("2006-11-21T00:00:00", "2007-01-01"),
        ("2006-12-20T23:59:59", "2007-01-01"),
        ("2006-12-21T00:00:00", "2007-02-01"),
        ("2006-12-31T23:59:59", "2007-02-01"),
        ("2007-02-28T23:59:59", "2007-04-01"),
    ],
)
def test_a_first_order_from_the_21st_on_is_free_for_the_next_month_too(ordered: str, charged: str) -> None:
    assert POLICY.first_charge(at(ordered)) == at(charged)


@pytest.mark.parametrize("ordered", ["2006-12-01T00:00:00", "2006-12-20T23:59:59", "2006-12-21T00:00:00"])
def test_a_second_order_has_no_free_month_and_is_charged_from_the_next_1st(ordered: str) -> None:
    assert POLICY.first_charge(at(ordered), first_order=False) == at("2007-01-01")


def test_the_boundary_is_the_market_s_midnight_whatever_zone_the_order_was_written_down_in() -> None:
    ordered = datetime.fromisoformat("2006-07-20T16:00:00+00:00")
    assert POLICY.first_charge(ordered) == at("2006-09-01")
    assert POLICY.first_charge(ordered - timedelta(seconds=1)) == at("2006-08-01")


@pytest.mark.parametrize(
    ("ordered", "opens", "closes"),
    [
        ("2006-07-01T00:00:00", "2006-07-21", "2006-07-26"),
        ("2006-07-20T23:59:59", "2006-07-21", "2006-07-26"),
        ("2006-07-21T00:00:00", "2006-08-21", "2006-08-26"),
        ("2006-12-31T12:00:00", "2007-01-21", "2007-01-26"),
    ],
)
def test_reminder_2_comes_from_the_21st_to_the_25th_of_the_last_free_month(
    ordered: str, opens: str, closes: str
) -> None:
    assert POLICY.second_reminder_window(at(ordered)) == (at(opens), at(closes))


def test_a_late_second_order_is_reminded_of_in_what_is_left_of_the_month() -> None:
    window = POLICY.second_reminder_window(at("2006-07-28T10:00:00"), first_order=False)
    assert window == (at("2006-07-28T10:00:00"), at("2006-08-01"))


def test_the_words_of_reminder_1_say_how_long_it_is_free() -> None:
    assert POLICY.free_words(at("2006-07-20T23:59:59")) == "当月"
    assert POLICY.free_words(at("2006-07-21T00:00:00")) == "下月底前"


def test_a_kept_subscription_is_cut_on_every_1st() -> None:
    cuts = list(POLICY.charges(at("2006-10-25T10:00:00"), at("2007-03-01")))
    assert cuts == [at("2006-12-01"), at("2007-01-01"), at("2007-02-01")]
