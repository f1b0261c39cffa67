"""The least number of agents that holds a goal."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Exponential, Law, Never
from load.theory.any_patience import any_patience
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import erlang_c
from load.theory.goal import Answer, Goal
from load.theory.traffic import MOST_AGENTS, offered_erlangs


def agents_needed(goal: Goal, calls_per_h: float, handle_s: float, patience_s: float) -> int:
    """The least whole number of agents with which callers of this patience (Erlang A; inf: Erlang C) hold the goal.

    Raises DialtestError for numbers out of bounds, and where more than 100,000 agents would be needed.
    Published: 100 calls in 30 min of 3 min, patience 5 min, 80 % within 20 s: 13; and 14 by Erlang C.
    """
    if isinf(patience_s):
        return least_agents(goal, lambda agents: erlang_c(agents, calls_per_h, handle_s), calls_per_h, handle_s)
    return least_agents(goal, lambda agents: erlang_a(agents, calls_per_h, handle_s, patience_s), calls_per_h, handle_s)


def agents_needed_of(goal: Goal, calls_per_h: float, handle_s: float, patience: Law) -> int:
    """The same for patience of any law: exact, where `agents_needed` would take it for exponential."""
    if isinstance(patience, Exponential | Never):
        return agents_needed(goal, calls_per_h, handle_s, patience.mean_s)
    return least_agents(
        goal, lambda agents: any_patience(agents, calls_per_h, handle_s, patience), calls_per_h, handle_s
    )


def lines_needed(goal: Goal, calls_per_h: float, handle_s: float) -> int:
    """The least number of lines (Erlang B) that holds the goal; raises DialtestError as `agents_needed`."""
    return least_agents(goal, lambda lines: erlang_b(lines, calls_per_h, handle_s), calls_per_h, handle_s)


def least_agents(goal: Goal, answer_with: Callable[[int], Answer], calls_per_h: float, handle_s: float) -> int:
    """Outwards from the load in growing steps, then by halves: every goal is only ever helped by one agent more."""
    start = max(1, round(min(offered_erlangs(calls_per_h, handle_s), MOST_AGENTS)))

    def held(agents: int) -> bool:
        return goal.held_by(answer_with(agents))

    low, high = _around(held, start)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if held(middle) else (middle, high)
    return high


def _around(held: Callable[[int], bool], start: int) -> tuple[int, int]:
    """A number that does not hold (0 never does) and a greater one that does."""
    step = 1
    if held(start):
        low, high = start - 1, start
        while low > 0 and held(low):
            step *= 2
            low, high = max(0, low - step), low
        return low, high
    low, high = start, start + 1
    while not held(min(high, MOST_AGENTS)):
        if high >= MOST_AGENTS:
            raise _too_many()
        step *= 2
        low, high = high, high + step
    return low, min(high, MOST_AGENTS)


def _too_many() -> DialtestError:
    problem = _("More than {most} agents would be needed.").format(most=f"{MOST_AGENTS:,}")
    return DialtestError(problem, _("Check calls an hour and handle time, or ask for a lower target."))
