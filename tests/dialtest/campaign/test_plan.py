"""The plan: who is dialled when, with which number, and what is short."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.campaign.plan import Plan, Wishes, dials_by_service, make_plan
from dialtest.campaign.planbook import keep_plan, planned_cases
from dialtest.evidence.store import open_journal
from dialtest.model.number import Number, Team
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.script import Dial, any_service, scenario
from dialtest.script.load import load_folder, shipped_folder
from tests.dialtest.campaign.small_campaign import service

POLICY = load_policy("monternet-2006")
SCENARIOS = {scenario.name: scenario for file in load_folder(shipped_folder()) for scenario in file.scenarios}


def numbers(count: int, control: int = 0, team: Team = "data_centre") -> list[Number]:
    return [Number(f"139{place:08d}", "mzone", team=team, control=place < control) for place in range(count)]


def plan(services: int = 4, dials: int = 8, count: int = 200, control: int = 0, **more: int) -> Plan:
    wishes = Wishes(dials, POLICY.starts, POLICY.ends, more.get("starts_per_day", 0))
    filings = [service(place) for place in range(services)]
    return make_plan(filings, SCENARIOS.values(), numbers(count, control), POLICY, wishes, more.get("seed", 1))


def test_every_service_is_dialled_with_every_scenario_that_fits_it() -> None:
    made = plan(services=4, dials=1)
    for place in range(4):
        filing = service(place)
        expected = {
            scenario.name
            for scenario in SCENARIOS.values()
            if scenario.fits(filing) and not scenario.control and "CN" in (scenario.markets or ("CN",))
        }
        assert expected == {case.scenario for case in made.cases if case.service == filing.key}


def test_a_service_gets_as_many_dials_as_were_asked_for() -> None:
    assert {30} == set(Counter(case.service for case in plan(dials=30, count=500).cases).values())


@given(st.integers(1, 60), st.integers(0, 10_000))
def test_a_number_runs_one_case_at_a_time_and_never_the_same_service_twice(count: int, seed: int) -> None:
    made = plan(services=5, dials=9, count=count, seed=seed)
    pairs = Counter((case.msisdn, case.service) for case in made.cases)
    assert set(pairs.values()) <= {1}
    by_number: dict[str, list[tuple[object, object]]] = {}
    for case in made.cases:
        ends_at = case.starts_at + timedelta(days=SCENARIOS[case.scenario].lasts_days)
        by_number.setdefault(case.msisdn, []).append((case.starts_at, ends_at))
    for spans in by_number.values():
        spans.sort()  # type: ignore[call-overload]
        assert all(ends < begins for (_, ends), (begins, _) in pairwise(spans))  # type: ignore[operator]


def test_the_plan_says_how_many_numbers_are_short_and_that_many_more_serve_every_dial() -> None:
    short = plan(services=5, dials=8, count=3)
    assert short.without_number > 0
    assert plan(services=5, dials=8, count=3 + short.numbers_short).without_number == 0


def test_boundary_scenarios_begin_at_their_minute() -> None:
    starts = {case.scenario: case.starts_at for case in plan().cases}
    assert (20, 23, 59) == (starts["order-20th-last-minute"].day, *starts["order-20th-last-minute"].timetuple()[3:5])
    assert (21, 0, 0) == (starts["order-21st-first-minute"].day, *starts["order-21st-first-minute"].timetuple()[3:5])
    month_end = starts["order-month-end"]
    assert 1 == (month_end + timedelta(minutes=1)).day


def test_a_scenario_that_needs_a_channel_begins_on_the_day_it_opens_at_the_earliest() -> None:
    opened = {
        "withdraw-by-web": date(2006, 9, 1),
        "withdraw-by-hall": date(2006, 7, 21),
        "busy-hall": date(2006, 7, 21),
    }
    begun = [(case.scenario, case.starts_at.date()) for case in plan(dials=40, count=900).cases]
    assert set(opened) <= {name for name, _ in begun}
    assert [] == [(name, day) for name, day in begun if day < opened.get(name, day)]


def test_a_channel_that_never_opens_leaves_its_scenario_out() -> None:
    @scenario("by-pigeon", fits=any_service, clauses=("Q7",), channel="pigeon")
    async def by_pigeon(dial: Dial) -> None:
        """Wait for the pigeon to come."""

    made = make_plan([service(0)], [by_pigeon], numbers(3), POLICY, Wishes(3, POLICY.starts, POLICY.ends), 1)
    assert ((), 3) == (made.cases, made.without_time)


def test_every_case_ends_within_the_campaign() -> None:
    for case in plan(dials=20, count=400).cases:
        lasts = timedelta(days=SCENARIOS[case.scenario].lasts_days)
        assert POLICY.starts <= case.starts_at.date()
        assert (case.starts_at + lasts).date() <= POLICY.ends + timedelta(days=1)


def test_dials_that_no_longer_end_within_the_campaign_are_counted() -> None:
    wishes = Wishes(40, date(2006, 12, 1), POLICY.ends)
    made = make_plan([service(0)], SCENARIOS.values(), numbers(60), POLICY, wishes, 1)
    assert 40 == made.without_time + len(made.cases)
    assert made.without_time > 0


def test_the_same_seed_plans_the_same_and_another_seed_plans_otherwise() -> None:
    assert plan(seed=5).cases == plan(seed=5).cases
    assert plan(seed=5).cases != plan(seed=6).cases


def test_a_kept_plan_stays_when_services_are_added() -> None:
    wishes = Wishes(8, POLICY.starts, POLICY.ends)
    filings = [service(place) for place in range(6)]
    kept = make_plan(filings[:3], SCENARIOS.values(), numbers(100), POLICY, wishes, 1).cases
    grown = make_plan(filings, SCENARIOS.values(), numbers(100), POLICY, wishes, 1, kept).cases
    assert set(kept) <= set(grown)
    assert {filing.key for filing in filings} == {case.service for case in grown}
    assert len(grown) == len({(case.msisdn, case.service) for case in grown})


def test_control_numbers_watch_and_nothing_else() -> None:
    made = plan(count=50, control=3)
    control = {number.msisdn for number in numbers(50, 3) if number.control}
    assert {"control-number"} == {case.scenario for case in made.cases if case.msisdn in control}
    assert control == {case.msisdn for case in made.cases if case.scenario == "control-number"}


def test_no_more_cases_begin_a_day_than_allowed() -> None:
    free = [case for case in plan(dials=12, starts_per_day=2).cases if SCENARIOS[case.scenario].start is None]
    assert max(Counter(case.starts_at.date() for case in free).values()) <= 2


def test_only_dials_that_order_count_towards_the_power_to_see_fraud_in_orders() -> None:
    made = plan(services=1, dials=1)
    ordering = sum(SCENARIOS[case.scenario].orders for case in made.cases)
    assert {service(0).key: ordering} == dials_by_service(made.cases, SCENARIOS, {})
    assert ordering < len(made.cases)


def test_a_number_that_dialled_before_says_which_services() -> None:
    made = plan(services=6, dials=8, count=40)
    dialled: dict[str, list[str]] = {}
    for case in made.cases:
        assert tuple(dialled.get(case.msisdn, [])) == case.earlier
        dialled.setdefault(case.msisdn, []).append(case.service)
    assert any(case.earlier for case in made.cases)


def siblings(count: int) -> list[Service]:
    """Subscriptions of one provider, ordered by SMS."""
    return [
        replace(service(0), service_code=f"S{place}", name=f"Weather {place}.", access_number=f"1066{place:04d}")
        for place in range(count)
    ]


def test_where_a_scenario_wants_a_companion_another_service_of_the_provider_is_ordered_too() -> None:
    filings = siblings(3)
    wishes = Wishes(8, POLICY.starts, POLICY.ends)
    made = make_plan(filings, SCENARIOS.values(), numbers(100), POLICY, wishes, 1)
    beside = {case.service: case.companion for case in made.cases if case.scenario == "withdraw-by-0000"}
    assert {"900000/S0": "900000/S1", "900000/S1": "900000/S2", "900000/S2": "900000/S0"} == beside
    assert {""} == {case.companion for case in made.cases if not SCENARIOS[case.scenario].companion}


def test_a_provider_with_one_service_is_dialled_all_the_same() -> None:
    made = make_plan(siblings(1), SCENARIOS.values(), numbers(50), POLICY, Wishes(8, POLICY.starts, POLICY.ends), 1)
    assert [""] == [case.companion for case in made.cases if case.scenario == "withdraw-by-0000"]


@pytest.mark.parametrize(
    "unfit",
    [
        {"billing_type": "per_use", "fee_unit": "use"},
        {"service_type": "wap", "page_url": "http://wap.example/1"},
        {"access_number": "10660000"},
        {"name": "Weather 0. Plus"},
        {"provider_code": "900009"},
    ],
    ids=["paid per use", "ordered on a page", "same port", "one name in the other", "another provider"],
)
def test_what_could_be_mistaken_for_the_service_dialled_is_no_companion(unfit: dict[str, str]) -> None:
    first, second = siblings(2)
    filings = [first, replace(second, **unfit)]
    made = make_plan(filings, SCENARIOS.values(), numbers(100), POLICY, Wishes(8, POLICY.starts, POLICY.ends), 1)
    dialled = [case for case in made.cases if case.service == first.key and case.scenario == "withdraw-by-0000"]
    assert [""] == [case.companion for case in dialled]


@given(st.integers(2, 40), st.integers(0, 10_000))
def test_no_number_orders_a_service_twice_be_it_as_a_companion(count: int, seed: int) -> None:
    wishes = Wishes(12, POLICY.starts, POLICY.ends)
    made = make_plan(siblings(4), SCENARIOS.values(), numbers(count), POLICY, wishes, seed)
    ordered = Counter((case.msisdn, service) for case in made.cases for service in case.services)
    assert {1} == set(ordered.values())
    dialled: dict[str, list[str]] = {}
    for case in made.cases:
        assert tuple(dialled.get(case.msisdn, [])) == case.earlier
        dialled.setdefault(case.msisdn, []).extend(case.services)


def test_a_kept_plan_knows_its_companions_when_more_is_planned() -> None:
    wishes, journal = Wishes(8, POLICY.starts, POLICY.ends), open_journal("sqlite://")
    keep_plan(journal, make_plan(siblings(2), SCENARIOS.values(), numbers(25), POLICY, wishes, 1).cases)
    kept = planned_cases(journal, POLICY)
    journal.close()
    assert any(case.companion for case in kept)
    grown = make_plan(siblings(5), SCENARIOS.values(), numbers(25), POLICY, wishes, 1, kept).cases
    assert {1} == set(Counter((case.msisdn, service) for case in grown for service in case.services).values())
