"""The simulation and the sandbox's hotline give every call the same fate: two programs, one semantics."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dialtest.policy.hotline_terms import Desk, EmergencyTerms, HotlineTerms, Shift
from dialtest.policy.load import load_policy
from dialtest.sandbox.hotline.caller import Caller, CallRecord
from dialtest.sandbox.hotline.hotline import Hotline
from load.arrivals.calls import Calls, draw_calls
from load.plan.surge_plan import SurgePlan
from load.simulation.fates import Fates
from load.simulation.records import ABANDONED, ANSWERED, CALLED_BACK, DIVERTED, NOT_MADE, OWED_NOTHING, SETTLED
from load.simulation.replication import fates_for
from tests.load.simulation.plans import AGENTS, EMERGENCY, SHIFTS, a_plan

WORDS = {ANSWERED: "answered", ABANDONED: "abandoned", DIVERTED: "diverted"}
CREW_S = 120.0


def terms_of(plan: SurgePlan) -> HotlineTerms:
    """The sandbox's terms that say what the plan says."""
    shipped = load_policy(plan.policy).timeline[0][1].hotline
    flow = plan.emergency
    assert shipped is not None
    assert flow is not None
    desks = tuple(
        Desk(
            desk.brand,
            desk.standard,
            tuple(Shift(one.from_s // 3600, one.until_s // 3600, one.agents) for one in desk.shifts),
            background_per_h=0,
            night_share=0,
            ordered_per_day=0,
            reminded_per_day=0,
        )
        for desk in plan.desks
    )
    emergency = EmergencyTerms(
        flow.on_below,
        flow.off_at,
        int(flow.window_s),
        flow.least_calls,
        flow.self_service_share,
        "",
        24,
        flow.call_back_from_h,
        flow.call_back_until_h,
        flow.call_back_agents,
        int(flow.call_back_mean_s),
    )
    return replace(shipped, desks=desks, emergency=emergency)


def callers_of(plan: SurgePlan, calls: Calls, fates: Fates) -> list[Caller]:
    """Every try that was made, as a call of the sandbox."""
    share = plan.emergency.self_service_share if plan.emergency else 0
    return [
        Caller(
            attempt,
            str(who),
            plan.brands[calls.brand[who]],
            fates.asked_s[attempt] + plan.clock_begins_s,
            calls.patience_s[attempt],
            calls.handle_s[who],
            bool(calls.choice[who] < share),
        )
        for who in range(len(calls))
        for attempt in range(calls.first[who], calls.first[who + 1])
        if fates.outcome[attempt] != NOT_MADE
    ]


def told(record: CallRecord) -> tuple[int, str, float, bool, bool, bool]:
    back = record.called_back_s is not None
    return record.call, record.outcome, round(record.waited_s, 6), record.recorded, back, record.settled


@pytest.mark.parametrize("agents", [AGENTS, SHIFTS])
def test_every_call_fares_as_in_the_sandbox(agents: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialtest.sandbox.hotline.hotline.exponential_s", lambda chance, mean_s: CREW_S)
    plan = a_plan(agents + EMERGENCY)
    calls = draw_calls(plan, 1)
    fates = fates_for(plan, calls, np.full(len(calls), CREW_S))
    expected = sorted(told(record) for record in Hotline(terms_of(plan)).run(callers_of(plan, calls, fates)))
    got = [
        (
            attempt,
            WORDS[fates.outcome[attempt]],
            round(fates.waited_s[attempt], 6),
            fates.amends[attempt] != OWED_NOTHING,
            fates.amends[attempt] == CALLED_BACK,
            fates.amends[attempt] == SETTLED,
        )
        for attempt in np.flatnonzero(fates.outcome)
    ]
    assert {"answered", "abandoned", "diverted"} == {record[1] for record in expected}
    assert any(record[4] for record in expected)
    assert any(record[5] for record in expected)
    assert expected == got
