"""A plan's hotline before its first call, as the records that compiled code plays with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from load.arrivals.calls import BY_PHONE, Calls
from load.law import Array
from load.plan.surge_plan import DAY_S, Emergency, Shift, SurgePlan
from load.simulation.records import CALLER, CHANGE, DESK, EVENT, GROUP, HOUSE, SLOT, TRY, Exchange, Records

DAYS_AFTER = 7
"""So long after the last caller the crew gives up calling back, as the sandbox does."""
UNBOUNDED = np.iinfo(np.int64).max


def new_exchange(plan: SurgePlan, calls: Calls, crew_handle_s: Array) -> Exchange:
    """The hotline of a plan before its first call; crew_handle_s: how long a call back to each caller takes."""
    callers = _callers(calls, crew_handle_s)
    tries = np.zeros(int(calls.first[-1]), TRY)
    tries["patience_s"] = calls.patience_s
    tries["redial_after_s"] = calls.redial_after_s
    by_brand = np.bincount(calls.brand, np.diff(calls.first), len(plan.brands)).astype(np.int64)
    desks = np.zeros(len(plan.brands), DESK)
    for name in ("queue", "noted", "owed"):
        desks[f"{name}_begin"] = desks[f"{name}_end"] = np.cumsum(by_brand) - by_brand
    last_s = float(calls.at_s[-1]) if len(calls) else 0.0
    return Exchange(
        callers=callers,
        tries=tries,
        slots=np.empty(len(tries), SLOT),
        desks=desks,
        groups=_groups(plan),
        changes=changes_of(plan),
        events=np.empty(3 * len(calls) + len(plan.brands) + 1, EVENT),
        house=_house(plan, last_s),
    )


def _callers(calls: Calls, crew_handle_s: Array) -> Records:
    """Only those who call: who withdraws by SMS or web asks nothing of the hotline."""
    callers: Records = np.zeros(len(calls), CALLER)
    for name in ("at_s", "handle_s", "menu_s", "choice", "brand"):
        callers[name] = getattr(calls, name)
    callers["crew_handle_s"] = crew_handle_s
    callers["first"] = callers["trying"] = calls.first[:-1]
    callers["beyond"] = calls.first[1:]
    return np.asarray(callers[calls.way == BY_PHONE])


def _groups(plan: SurgePlan) -> Records:
    found = _shifts(plan)
    groups = np.zeros(len(found), GROUP)
    for group, (brands, shifts) in zip(groups, found, strict=True):
        group["agents"] = next(one.agents for one in shifts if one.from_s <= plan.clock_begins_s < one.until_s)
        group["brands"] = sum(1 << plan.brands.index(brand) for brand in brands)
    return groups


def changes_of(plan: SurgePlan) -> Records:
    """The changes of every day, in the order in which they come after the plan's begin."""
    changes = [
        ((one.from_s - plan.clock_begins_s) % DAY_S, group, one.agents)
        for group, (_, shifts) in enumerate(_shifts(plan))
        for one in shifts
        if len(shifts) > 1
    ]
    return np.array(sorted(changes), CHANGE)


def _shifts(plan: SurgePlan) -> list[tuple[Sequence[str], Sequence[Shift]]]:
    """The brands and shifts of every group of agents."""
    desks = [((desk.brand,), desk.shifts) for desk in plan.desks]
    return [*desks, *((pool.brands, pool.shifts) for pool in plan.pools)]


def _house(plan: SurgePlan, last_s: float) -> Records:
    house = np.zeros(1, HOUSE)
    house["clock_begins_s"] = plan.clock_begins_s
    house["crew_last_s"] = last_s + DAYS_AFTER * DAY_S
    house["most_lines"] = plan.lines.lines or UNBOUNDED
    house["most_ports"] = plan.lines.menu_ports or UNBOUNDED
    if plan.emergency is not None:
        _state_terms(house, plan.emergency)
    return house


def _state_terms(house: Records, terms: Emergency) -> None:
    house["has_flow"] = 1
    for name in ("on_below", "off_at", "window_s", "least_calls", "self_service_share"):
        house[name] = getattr(terms, name)
    for name in ("agents", "from_h", "until_h"):
        house[f"crew_{name}"] = getattr(terms, f"call_back_{name}")
