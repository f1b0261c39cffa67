"""How many agents each brand needs in each quarter hour (H2): by theory, then by simulation until all of them hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from load.arrivals.forecast import forecast
from load.law import Array
from load.plan.surge_plan import Lines, SurgePlan
from load.staffing.flow_needs import flow_needs
from load.staffing.measured import Measured, OnDone, measure
from load.staffing.needs import LEAST_ERLANGS, needs_of
from load.staffing.offered import by_quarter, load_by_minute
from load.staffing.roster import Counts, Roster, on_quarters
from load.theory.goal import Goal, ServiceLevel
from load.theory.traffic import MOST_AGENTS

MOST_ROUNDS = 8
ALLOWED = 0.01
"""A simulated quarter hour may be so much below the standard before agents are added: chance."""
LEAST_ASKED = 5.0
EXACT, STEP = 200, 1.02


class Capacity(Protocol):
    """How much load so many agents take."""

    def erlangs(self, agents: int) -> float: ...


@dataclass(frozen=True, eq=False)
class Staffed:
    """Agents with which the standard holds. theory: by the offered load alone; roster: after the simulated rounds.

    measured: simulated with the roster, None where nothing was simulated. missed: brand and quarter hour still below.
    """

    theory: Roster
    roster: Roster
    rounds: int
    measured: Measured | None
    missed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class Staffing:
    """The agents of a plan; `plan` begins on a quarter hour. erlangs: callers' load by brand and quarter hour.

    targets: what holds in each quarter hour, by brand. without, with_flow: without and with the emergency flow, the
    latter None where the plan has none. pooled: agents if all brands shared one queue, held to the strictest target.
    """

    plan: SurgePlan
    erlangs: Mapping[str, Array]
    targets: Mapping[str, float]
    without: Staffed
    with_flow: Staffed | None
    pooled: Counts


def staffing(
    plan: SurgePlan, replications: int, seed: int, goal: Goal | None = None, on_done: OnDone | None = None
) -> Staffing:
    """The least agents by brand and quarter hour; goal: instead of each brand's standard of the connection rate.

    By theory: the infinite-server load of each quarter hour as that of a steady Erlang A queue (modified offered load).
    Then the plan is simulated with these agents, without limits of lines; where a quarter hour stays below, its agents
    are raised and the same callers call again (common random numbers). replications 0: theory alone.
    """
    plan = replace(on_quarters(plan), lines=Lines(), pools=())
    needs = needs_of(plan, goal)
    found = forecast(plan)
    loads = {brand: by_quarter(load_by_minute(one.callers, plan.call)) for brand, one in found.by_brand.items()}
    targets = {brand: 1 - need.lost for brand, need in needs.items()}
    trial = _Trial(plan, loads, targets, replications, seed, goal.within_s if isinstance(goal, ServiceLevel) else None)
    strictest = max(needs.values(), key=lambda need: 1 - need.lost)
    return Staffing(
        plan=plan,
        erlangs=loads,
        targets=targets,
        without=trial.run(replace(plan, emergency=None), needs, on_done),
        with_flow=trial.run(plan, flow_needs(plan, needs), on_done) if plan.emergency else None,
        pooled=least(strictest, np.sum(list(loads.values()), axis=0)),
    )


def least(capacity: Capacity, erlangs: Array) -> Counts:
    """The least agents for each load: exact up to 200; beyond that between numbers 2 % apart, by a straight line."""
    agents, most = [0], [0.0]
    while most[-1] < float(erlangs.max(initial=0.0)) and agents[-1] < MOST_AGENTS:
        agents.append(max(agents[-1] + 1, int(agents[-1] * STEP) if agents[-1] >= EXACT else 0))
        most.append(max(capacity.erlangs(agents[-1]), most[-1]))
    wanted = np.where(erlangs < LEAST_ERLANGS, 0.0, erlangs)
    return np.ceil(np.interp(wanted, most, agents) - 1e-9).astype(np.int64)


@dataclass(frozen=True, eq=False)
class _Trial:
    """Tries a plan out with more and more agents."""

    plan: SurgePlan
    loads: Mapping[str, Array]
    targets: Mapping[str, float]
    replications: int
    seed: int
    within_s: float | None

    def run(self, plan: SurgePlan, needs: Mapping[str, Capacity], on_done: OnDone | None) -> Staffed:
        theory = Roster({brand: least(needs[brand], load) for brand, load in self.loads.items()})
        roster, measured, missed = theory, None, {}
        for turn in range(MOST_ROUNDS if self.replications else 0):
            measured = measure(plan, self.replications, self.seed, self.within_s, on_done, roster)
            missed = self._missed(measured, 1 + turn // 3)
            if not missed or turn + 1 == MOST_ROUNDS:
                break
            for brand, more in missed.items():
                roster = roster.with_more(brand, more)
        still = tuple((brand, int(at)) for brand, more in missed.items() for at in np.flatnonzero(more))
        return Staffed(theory, roster, turn + 1 if self.replications else 0, measured, still)

    def _missed(self, measured: Measured, step: int) -> dict[str, Counts]:
        """The agents a quarter hour below the target lacks: those who take the missing calls, `step` times as many."""
        found = {}
        for place, (brand, target) in enumerate(self.targets.items()):
            rates, load = measured.by_quarter, self.loads[brand]
            rate, asked = rates.rate[place], rates.asked[:, place].mean(axis=0)
            below = (asked >= LEAST_ASKED) & ((rate < target - ALLOWED) | (rates.high[place] < target))
            if below.any():
                lack = np.ceil((target - np.nan_to_num(rate)) * load / target)
                found[brand] = np.where(below, step * np.maximum(lack, 1), 0).astype(np.int64)
        return found
