"""What must hold in every replication, whatever the plan: nobody is lost, nothing is more than there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.arrivals.calls import BY_PHONE, Calls, draw_calls
from load.law import Never
from load.plan.surge_plan import Lines, SurgePlan
from load.simulation.counts import tallies
from load.simulation.fates import Fates
from load.simulation.records import ABANDONED, ANSWERED, BUSY, DIVERTED, NOT_MADE, OWED
from load.simulation.replication import play_by_event
from tests.load.simulation.plans import AGENTS, EMERGENCY, EVERYTHING, LINES, MENU, POOL, SHIFTS, a_plan

PARTS = {"pool": POOL, "emergency": EMERGENCY}


def played(plan: SurgePlan, seed: int = 1) -> tuple[Calls, Fates]:
    calls = draw_calls(plan, seed)
    return calls, play_by_event(plan, calls, np.full(len(calls), 60.0))


def most_at_once(from_s: np.ndarray, until_s: np.ndarray) -> int:
    """How many of these spells overlap at most; one that ends when another begins does not."""
    changes = sorted([*((when, 1) for when in from_s), *((when, -1) for when in until_s)])
    return int(np.max(np.cumsum([change for _, change in changes]), initial=0))


def spells(calls: Calls, fates: Fates, outcome: int = ANSWERED) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of tries with this outcome: whose, from when until when an agent was busy with them."""
    who = np.repeat(np.arange(len(calls)), np.diff(calls.first))[fates.outcome == outcome]
    began_s = (fates.asked_s + fates.waited_s)[fates.outcome == outcome]
    return who, began_s, began_s + calls.handle_s[who]


@settings(max_examples=40)
@given(
    parts=st.sets(st.sampled_from(sorted(PARTS))),
    agents=st.sampled_from([AGENTS, SHIFTS]),
    menu=st.booleans(),
    lines=st.sampled_from([Lines(), Lines(30, None), Lines(60, 5), Lines(None, 1)]),
    redial=st.sampled_from([0.0, 0.5, 1.0]),
    seed=st.integers(0, 10_000),
)
def test_every_try_ends_once(parts: set[str], agents: str, menu: bool, lines: Lines, redial: float, seed: int) -> None:
    added = (MENU if menu else "") + agents + "".join(PARTS[name] for name in sorted(parts))
    plan = replace(a_plan(added, redial=redial, until=11), lines=lines)
    calls, fates = played(plan, seed)
    assert {NOT_MADE, ANSWERED, ABANDONED, DIVERTED, BUSY} >= set(fates.outcome)
    by_phone = np.flatnonzero(calls.way == BY_PHONE)
    assert (fates.outcome[calls.first[:-1][by_phone]] != NOT_MADE).all()
    for tally in tallies(calls, fates, len(plan.brands)):
        assert tally.attempts == tally.answered + tally.abandoned + tally.diverted + tally.busy
        assert tally.callers >= tally.callers_answered + tally.callers_diverted
        assert tally.answered == tally.callers_answered
        assert tally.recorded == tally.called_back + tally.settled == (tally.abandoned if plan.emergency else 0)
    for first, beyond in pairwise(calls.first):
        made = fates.outcome[first:beyond][fates.outcome[first:beyond] != NOT_MADE]
        assert not set(made[:-1]) & {ANSWERED, DIVERTED}


@pytest.mark.parametrize("seed", [1, 2])
def test_agents_serve_one_caller_each(seed: int) -> None:
    plan = a_plan(AGENTS + POOL + EMERGENCY, redial=0.5)
    calls, fates = played(plan, seed)
    who, began_s, ended_s = spells(calls, fates)
    assert 20 + 10 + 5 == most_at_once(began_s, ended_s)
    mzone = calls.brand[who] == plan.brands.index("mzone")
    assert 20 + 5 == most_at_once(began_s[mzone], ended_s[mzone])


def test_a_pool_is_asked_when_the_desk_is_busy_and_helps_both_brands() -> None:
    alone, helped = (tallies(*played(a_plan(added)), 2) for added in (AGENTS, AGENTS + POOL))
    for before, after in zip(alone, helped, strict=True):
        assert after.answered > before.answered


def test_no_more_calls_than_lines_and_no_more_in_the_menu_than_ports() -> None:
    plan = a_plan(MENU + AGENTS + LINES, size=4000)
    calls, fates = played(plan)
    made = ~np.isin(fates.outcome, (NOT_MADE, BUSY))
    who = np.repeat(np.arange(len(calls)), np.diff(calls.first))[made]
    asked_s, waited_s = fates.asked_s[made], fates.waited_s[made]
    handled_s = np.where(fates.outcome[made] == ANSWERED, calls.handle_s[who], 0)
    rang_s = asked_s - calls.menu_s[who]
    assert 20 == most_at_once(rang_s, asked_s)
    assert 60 >= most_at_once(rang_s, asked_s + waited_s + handled_s) > 40
    assert (fates.outcome == BUSY).any()


def test_whoever_goes_home_ends_the_call_first() -> None:
    plan = a_plan(SHIFTS.replace("agents = 12", "agents = 60"), size=8000)
    calls, fates = played(plan)
    who, began_s, ended_s = spells(calls, fates)
    mzone = calls.brand[who] == plan.brands.index("mzone")
    began_s, ended_s = began_s[mzone], ended_s[mzone]
    at_s = 3600.0  # at ten, 60 agents become 30
    over = (began_s < at_s) & (ended_s > at_s)
    assert 60 == over.sum()
    thirty_left_s = np.sort(ended_s[over])[29]
    assert not ((began_s > at_s) & (began_s < thirty_left_s)).any()


def test_without_an_emergency_flow_nobody_is_recorded() -> None:
    tally = tallies(*played(a_plan(AGENTS)), 2)[0]
    assert tally.abandoned > 0
    assert (0, 0, 0) == (tally.recorded, tally.called_back, tally.settled)


def test_who_is_owed_a_call_gets_it_in_the_hours_for_it() -> None:
    _, fates = played(a_plan(AGENTS + EMERGENCY.replace("call_back_from_h = 8", "call_back_from_h = 18")))
    assert not (fates.amends == OWED).any()
    _, fates = played(a_plan(AGENTS + EMERGENCY.replace("call_back_agents = 2", "call_back_agents = 0")))
    assert (fates.amends == OWED).any()


def test_who_never_gives_up_is_answered_in_the_end() -> None:
    plan = a_plan(EVERYTHING.replace(LINES, ""), size=2000)
    patient = replace(plan, call=replace(plan.call, patience=Never()))
    _, fates = played(patient)
    assert {NOT_MADE, ANSWERED, DIVERTED} >= set(fates.outcome)
