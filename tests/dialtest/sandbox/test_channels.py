"""Seven ways in: which are open when (Q9), what they answer, and how a withdrawal over each holds in all (Q5, Q7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.model.act import Query, Withdraw
from dialtest.model.observation import Answer, Trouble, Withdrawn
from dialtest.model.service import SERVICE_TYPES, Scope, ServiceType
from dialtest.policy.load import load_policy
from dialtest.policy.opening import channels, next_busy, openings, opens
from tests.dialtest.sandbox.box import FUNDED, NEWS, POLICY, Box, at

SCREENS = ("hotline", "hotline_menu", "web", "terminal", "hall", "wap")
OPENS = {
    "terminal": ("2006-07-19", "2006-07-19"),
    "hall": ("2006-07-21", "2006-07-21"),
    "web": ("2006-06-01", "2006-09-01"),
    "wap": ("2006-10-01", "2006-10-01"),
}


def before(day: str) -> str:
    """One minute before the day begins."""
    return f"{at(f'{day} 00:00') - timedelta(minutes=1):%Y-%m-%d %H:%M}"


def test_the_seven_ways_in_are_those_of_the_policy() -> None:
    assert {*SCREENS, "sms"} == set(channels(POLICY))


@pytest.mark.parametrize("channel", OPENS)
def test_a_channel_answers_and_withdraws_from_its_day_and_says_before_when_that_is(channel: str) -> None:
    asks, withdraws = OPENS[channel]
    assert (at(f"{asks} 00:00"), at(f"{withdraws} 00:00")) == (opens(POLICY, channel, "query"), opens(POLICY, channel))
    box = Box("2006-05-31 00:00").until(before(withdraws))
    shut = box.do(Withdraw(channel, NEWS.provider_code, NEWS.service_code))
    assert Trouble(box.agenda.now, "not_open", f"{channel} {withdraws}") == shut
    assert isinstance(box.until(f"{withdraws} 00:00").do(Withdraw(channel, "9", "9")), Withdrawn)
    assert isinstance(box.do(Query(channel)), Answer)


@pytest.mark.parametrize("channel", ["terminal", "hall", "wap"])
def test_a_channel_that_is_not_open_answers_no_query_either(channel: str) -> None:
    box = Box("2006-05-31 00:00").until(before(OPENS[channel][0]))
    told = box.do(Query(channel))
    assert isinstance(told, Trouble)
    assert ("not_open", f"{channel} {OPENS[channel][0]}") == (told.failure, told.detail)


def test_all_ways_in_give_the_same_answer_in_october() -> None:
    box = Box("2006-09-01 00:00").order(when="2006-10-10 12:00").until("2006-10-10 13:00")
    answers = [box.query(channel).subscriptions for channel in SCREENS]
    assert [answers[0]] * len(SCREENS) == answers


@pytest.mark.parametrize("channel", SCREENS)
@pytest.mark.parametrize("seed", range(3))
def test_a_withdrawal_over_any_way_in_holds_in_all_a_day_later_and_costs_nothing(channel: str, seed: int) -> None:
    box = Box("2006-09-01 00:00", seed=seed).order(when="2006-10-10 12:00")
    assert box.withdraw("2006-10-10 15:00", channel=channel) == Withdrawn(box.agenda.now, True)
    box.until("2006-10-11 15:00")
    assert {"withdrawn"} == {row.status for asked in SCREENS for row in box.query(asked).subscriptions}
    (confirmed,) = box.texts("您已成功退订")
    assert ("10086", True) == (confirmed.sender, (confirmed.sent_at - at("2006-10-10 15:00")).total_seconds() <= 300)
    assert [] == box.until("2006-12-02 00:00").charged()


@pytest.mark.parametrize("scope", ["national", "local"])
@pytest.mark.parametrize("service_type", SERVICE_TYPES)
def test_services_of_every_type_national_and_local_are_shown_and_withdrawn_from_everywhere(
    service_type: ServiceType, scope: Scope
) -> None:
    service = replace(NEWS, service_type=service_type, scope=scope, page_url="")
    box = Box("2006-09-01 00:00", services=[service]).order(service, "2006-10-10 12:00").until("2006-10-10 13:00")
    assert {"active"} == {row.status for asked in SCREENS for row in box.query(asked).subscriptions}
    box.withdraw("2006-10-10 15:00", service, channel="terminal")
    box.until("2006-10-11 15:00")
    assert {"withdrawn"} == {row.status for asked in SCREENS for row in box.query(asked).subscriptions}


# Busy halls


def hall_at(hour: str) -> tuple[Box, Withdrawn]:
    """A withdrawal at a hall on 31 August."""
    box = Box().order(when="2006-08-31 08:00")
    taken = box.withdraw(f"2006-08-31 {hour}", channel="hall")
    assert isinstance(taken, Withdrawn)
    return box, taken


@pytest.mark.parametrize(("hour", "noted"), [("09:59", False), ("10:00", True), ("11:59", True), ("12:00", False)])
def test_a_hall_writes_the_wish_down_in_its_busy_hours_and_says_so(hour: str, noted: bool) -> None:
    _, taken = hall_at(hour)
    assert (True, noted) == (taken.accepted, "已登记您的退订要求" in taken.note)


@pytest.mark.parametrize("seed", range(10))
def test_what_a_busy_hall_wrote_down_is_done_within_twelve_hours_and_told_by_10086(seed: int) -> None:
    box = Box(seed=seed).order(when="2006-08-01 08:00")
    box.withdraw("2006-08-10 10:30", channel="hall")
    assert [] == box.until("2006-08-10 10:59").texts("您已成功退订")
    (told,) = box.until("2006-08-12 10:30").texts("您已成功退订")
    assert told.sent_at <= at("2006-08-10 22:30")
    assert ["withdrawn"] == [row.status for row in box.query().subscriptions]


def test_the_time_the_wish_was_written_down_decides_the_charge() -> None:
    box = Box("2006-08-01 00:00").order(when="2006-08-02 12:00")
    charged_until_now = box.until("2006-09-30 11:59").charged()
    box.withdraw(channel="hall")
    for held in box.carrier.accounts[FUNDED].subscriptions:
        assert at("2006-09-30 11:59") == held.asked_to_end_at
    assert charged_until_now == box.until("2006-12-02 00:00").charged()


def test_two_wishes_for_one_subscription_end_it_once() -> None:
    box = Box().order(when="2006-08-01 08:00")
    box.withdraw("2006-08-10 10:30", channel="hall")
    box.withdraw("2006-08-10 10:40", channel="hotline")
    (row,) = box.until("2006-08-12 12:00").query().subscriptions
    assert ["ordered", "withdrawn"] == [change.what for change in row.history]


# Dates


def test_channels_that_were_there_from_the_start_have_no_opening_day() -> None:
    assert [("2006-07-19", "terminal"), ("2006-07-21", "hall"), ("2006-09-01", "web"), ("2006-10-01", "wap")] == [
        (f"{day:%Y-%m-%d}", channel) for day, channel in sorted(openings(POLICY))
    ]


def test_a_market_without_halls_and_dates_has_none() -> None:
    britain = load_policy("uk-premium-2019")
    assert [] == list(openings(britain))
    assert next_busy(britain, at("2020-01-10 12:00")) is None
    assert opens(britain, "wap") is None


@given(st.datetimes(at("2006-06-01 00:00").replace(tzinfo=None), at("2006-12-30 00:00").replace(tzinfo=None)))
def test_the_next_busy_hour_comes_within_a_day_and_is_busy(naive: object) -> None:
    when = naive.replace(tzinfo=POLICY.zone)  # type: ignore[attr-defined]
    coming = next_busy(POLICY, when)
    assert coming is not None
    assert timedelta(0) < coming - when <= timedelta(days=1)
    assert 10 <= coming.hour < 12
