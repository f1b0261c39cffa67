"""The second market's clock and calendar: weekly charges, summer time, its own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dialtest.policy.load import load_policy, shipped_policy_text

POLICY = load_policy("uk-premium-2019")


def at(text: str) -> datetime:
    """A time in the market's own zone."""
    return datetime.fromisoformat(text).replace(tzinfo=POLICY.zone)


def test_the_first_charge_comes_a_day_after_the_second_yes() -> None:
    assert POLICY.first_charge(at("2019-12-10T12:00")) == at("2019-12-11T12:00")


def test_a_day_is_24_hours_over_the_night_the_clocks_go_forward() -> None:
    ordered = at("2020-03-28T12:00")
    first = POLICY.first_charge(ordered)
    assert first == at("2020-03-29T13:00")
    assert first.astimezone(UTC) - ordered.astimezone(UTC) == timedelta(hours=24)


def test_a_weekly_charge_keeps_its_time_of_day_when_the_clocks_go_forward() -> None:
    assert POLICY.next_charge(at("2020-03-26T10:30")) == at("2020-04-02T10:30")


def test_a_weekly_charge_in_the_hour_that_is_skipped_comes_an_hour_later() -> None:
    skipped = POLICY.next_charge(at("2020-03-22T01:30"))
    assert skipped.isoformat() == "2020-03-29T02:30:00+01:00"


def test_five_minutes_after_two_minutes_to_the_change_are_five_minutes() -> None:
    before = at("2020-10-25T01:58")
    later = POLICY.after(before, timedelta(minutes=5))
    assert later.isoformat() == "2020-10-25T01:03:00+00:00"


def test_charges_recorded_in_utc_and_on_the_local_clock_give_the_same_next_charge() -> None:
    charged = at("2020-05-05T00:30")
    assert POLICY.next_charge(charged.astimezone(UTC)) == POLICY.next_charge(charged)


def test_there_is_no_free_month_and_no_second_reminder() -> None:
    ordered = at("2019-12-25T12:00")
    assert POLICY.second_reminder_window(ordered) is None
    assert POLICY.first_charge(ordered, first_order=True) == POLICY.first_charge(ordered, first_order=False)


def test_nothing_of_the_first_market_is_written_in_the_policy_beside_its_chinese_title() -> None:
    text = shipped_policy_text("uk-premium-2019").replace("英国付费短信(2019)", "")
    assert all(character.isascii() or character in "£“”" for character in text)
    assert not any(word in text for word in ("10086", "1862", "0000"))
