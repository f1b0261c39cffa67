"""Agents against load at a standard (H2): how many hold it, and how much load so many can take, by Erlang A."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, isinf

from load.plan.surge_plan import CallLaws, Desk, SurgePlan
from load.theory.erlang_a import erlang_a
from load.theory.goal import ConnectionRate, Goal, ServiceLevel
from load.theory.staffing import agents_needed

HOUR_S = 3600.0
LEAST_ERLANGS = 1e-6
HALVINGS = 24
STRICTEST = 0.9999
"""A standard of 1 cannot be held with any number of agents; this stands for it."""
BUSIEST = 0.95
"""Callers who never give up are all answered in the end; agents are then kept no busier than this (ours)."""


@dataclass(frozen=True, slots=True)
class Need:
    """One brand's goal, and the calls it is held for. `redialled`: attempts for each caller where the goal just holds.

    Laws other than exponential go in by their means: where a fifth of the callers may give up, agents are all busy, and
    the rate depends on little but the means (Whitt, Management Science 50 (2004), 1449–1461); a simulation checks it.
    """

    goal: Goal
    lost: float
    handle_s: float
    patience_s: float
    redialled: float = 1.0

    def agents(self, erlangs: float) -> int:
        """The least agents that hold the goal at a load of so many callers' erlangs; 0 where nobody calls."""
        if erlangs < LEAST_ERLANGS:
            return 0
        calls_per_h = erlangs * self.redialled * HOUR_S / self.handle_s
        if self._waits_for_ever:
            return max(1, -int(-erlangs * self.redialled // BUSIEST))
        return agents_needed(self.goal, calls_per_h, self.handle_s, self.patience_s)

    def erlangs(self, agents: int) -> float:
        """The largest load of callers at which so many agents hold the goal: the inverse of `agents`."""
        return _capacity(self, agents) if agents else 0.0

    def connection_rate(self, agents: int, erlangs: float) -> float:
        """By theory, at a load of so many callers' erlangs."""
        if not agents or self.patience_s == inf:
            return float(erlangs < max(agents, LEAST_ERLANGS))
        calls_per_h = erlangs * self.redialled * HOUR_S / self.handle_s
        return erlang_a(agents, calls_per_h, self.handle_s, self.patience_s).connection_rate

    @property
    def _waits_for_ever(self) -> bool:
        return isinf(self.patience_s) and isinstance(self.goal, ConnectionRate)


def needs_of(plan: SurgePlan, goal: Goal | None = None) -> dict[str, Need]:
    """What each brand of a plan needs: its standard of the connection rate (H2), unless another goal goes for all."""
    return {desk.brand: _need_of(plan, desk, goal) for desk in plan.desks}


def _need_of(plan: SurgePlan, desk: Desk, goal: Goal | None) -> Need:
    if isinstance(goal, ServiceLevel):
        return need(plan.call, goal, 1 - goal.share)
    standard = min(desk.standard, STRICTEST)
    return need(plan.call, goal or ConnectionRate(standard), 1 - standard)


def need(call: CallLaws, goal: Goal, lost: float) -> Need:
    """`lost`: the share of attempts that may go unanswered; some of those who made them try again."""
    again = call.redial.share * lost
    redialled = sum(again**time for time in range(call.redial.most + 1))
    return Need(goal, lost, call.handle.mean_s, call.patience.mean_s, redialled)


@lru_cache(maxsize=100_000)
def _capacity(need: Need, agents: int) -> float:
    """By halves between nothing and three times what the agents could talk at once, as far as the goal holds."""
    if need._waits_for_ever:
        return agents * BUSIEST / need.redialled
    low, high = 0.0, 3.0 * agents / max(1 - need.lost, 0.05)
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        answer = erlang_a(agents, middle * HOUR_S / need.handle_s, need.handle_s, need.patience_s)
        low, high = (middle, high) if need.goal.held_by(answer) else (low, middle)
    return low / need.redialled
