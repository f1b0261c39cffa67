"""Agents by brand and quarter hour of a whole plan, day after day: what a plan's daily shifts cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from load.arrivals.calls import Calls, within
from load.plan.surge_plan import DAY_S, Desk, Shift, SurgePlan
from load.simulation.fates import Fates
from load.simulation.replication import fates_for
from load.staffing.offered import QUARTER_S

Counts = npt.NDArray[np.int64]
PER_DAY = DAY_S // QUARTER_S


@dataclass(frozen=True, eq=False)
class Roster:
    """`agents`: by brand, one number for each quarter hour since the plan's begin, which is the begin of one."""

    agents: Mapping[str, Counts]

    @property
    def quarters(self) -> int:
        return len(next(iter(self.agents.values())))

    def with_more(self, brand: str, more: Counts) -> Roster:
        """With so many agents more at one brand."""
        return Roster({**self.agents, brand: self.agents[brand] + more})


def on_quarters(plan: SurgePlan) -> SurgePlan:
    """The plan looked at from the quarter hour in which it begins."""
    return plan.between(plan.begins - timedelta(seconds=plan.clock_begins_s % QUARTER_S), plan.ends)


def fates_with(plan: SurgePlan, calls: Calls, roster: Roster) -> Fates:
    """What becomes of these calls with the agents of a roster; each local day is played by itself, from an empty queue.

    The crew that calls back keeps no line and no agent of the queues: its calls are taken to last no time.
    """
    parts = [
        _shifted(fates_for(day, part, np.zeros(len(part))), from_s) for day, part, from_s in _days(plan, calls, roster)
    ]
    return Fates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _days(plan: SurgePlan, calls: Calls, roster: Roster) -> Iterator[tuple[SurgePlan, Calls, float]]:
    first = plan.clock_begins_s // QUARTER_S
    for begin in range(-first, roster.quarters, PER_DAY):
        from_s, until_s = max(begin, 0) * float(QUARTER_S), (begin + PER_DAY) * float(QUARTER_S)
        part = within(calls, from_s, until_s)
        desks = tuple(_desk(desk, roster.agents[desk.brand], begin) for desk in plan.desks)
        day = replace(plan.between(plan.moment(from_s), plan.moment(until_s)), desks=desks, pools=())
        yield day, replace(part, at_s=part.at_s - from_s), from_s


def _desk(desk: Desk, agents: Counts, begin: int) -> Desk:
    """The desk on the day whose midnight is quarter hour `begin`; before and after the roster as at its ends."""
    day = agents[np.clip(np.arange(begin, begin + PER_DAY), 0, len(agents) - 1)]
    changes = [0, *(np.flatnonzero(np.diff(day)) + 1), PER_DAY]
    shifts = (Shift(int(a) * QUARTER_S, int(b) * QUARTER_S, int(day[a])) for a, b in pairwise(changes))
    return replace(desk, shifts=tuple(shifts))


def _shifted(fates: Fates, from_s: float) -> Fates:
    return fates._replace(asked_s=fates.asked_s + from_s)
