"""Erlang A while calls and agents change (M_t/M/n_t+M): the law of the number of calls there, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isinf, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammainc

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array
from load.theory.course import Course, course
from load.theory.infinite_server import exponential_load
from load.theory.traffic import checked_patience_s, checked_within_s, offered_erlangs

MOST_STATES = 200_000
SHORTEST_PATIENCE_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class TransientErlangA:
    """What became of the calls of each interval: N values each. arrived = answered + abandoned + blocked + Δ waiting.

    `mean_queue` and `mean_busy` are averages over the interval; `waiting` at its end; `answered_within`: of those who
    arrived. `error`: the probability lost to rounding and cutting, over the whole course.
    """

    course: Course
    arrived: Array
    answered: Array
    abandoned: Array
    blocked: Array
    waiting: Array
    mean_queue: Array
    mean_busy: Array
    answered_within: Array
    error: float
    law: Array = field(repr=False)

    @property
    def p_abandon(self) -> Array:
        """Calls given up in an interval ÷ calls that came in it; 0 where none came."""
        return np.divide(self.abandoned, self.arrived, out=np.zeros_like(self.arrived), where=self.arrived > 0)

    @property
    def connection_rate(self) -> float:
        """接通率 of the whole course: answered ÷ (answered, given up or turned away)."""
        answered = float(self.answered.sum())
        ended = answered + float(self.abandoned.sum() + self.blocked.sum())
        return answered / ended if ended else 1.0

    @property
    def connection_rate_within(self) -> float:
        """Calls answered within `within_s` ÷ calls."""
        arrived = float(self.arrived.sum())
        return float(self.answered_within.sum()) / arrived if arrived else 1.0

    @property
    def mean_wait_s(self) -> float:
        """Time spent waiting ÷ calls: of all callers, those turned away included with 0 s."""
        arrived = float(self.arrived.sum())
        return float(self.mean_queue @ self.course.lengths_s) / arrived if arrived else 0.0


def transient_erlang_a(
    edges_s: npt.ArrayLike,
    arrivals_per_s: npt.ArrayLike,
    agents: npt.ArrayLike,
    handle_s: float,
    patience_s: float,
    lines: int | None = None,
    within_s: float = 15.0,
) -> TransientErlangA:
    """Carry the law of the calls there through a course, from an empty hotline, with exponential handle and patience.

    `edges_s`: N + 1 times; `arrivals_per_s`, `agents`: N values that hold from one edge to the next, or one for all.
    `lines`: calls there at most, the rest is turned away; none: as many as come. Exact (Kolmogorov's forward equations)
    up to `error`, about 1e-10, for rates that are constant between edges; so give mean rates, as a forecast has them
    (its minutes against its quarter minutes: tests/load/theory/test_transient.py). An agent who leaves hands the call
    back to the queue; `finishing_their_calls` makes agents of those who do not. `answered_within` takes the agents of
    the interval for the seconds after it, too. Raises DialtestError for numbers out of bounds.
    """
    asked = course(edges_s, arrivals_per_s, agents)
    offered_erlangs(float(asked.arrivals_per_s.max()) * 3600, handle_s)
    _check_patience(patience_s)
    checked_within_s(within_s)
    states = _states(asked, handle_s, patience_s, lines)
    walk = _Walk(asked, handle_s, patience_s, lines is not None, states, within_s)
    for interval in range(len(asked.arrivals_per_s)):
        walk.through(interval)
    return walk.result()


def _check_patience(patience_s: float) -> None:
    """With hardly any patience the chain would jump too often to be followed."""
    if checked_patience_s(patience_s) < SHORTEST_PATIENCE_S:
        words = _("Over time, callers are followed from a patience of {least} s on; {found} s was found.")
        raise DialtestError(words.format(least=SHORTEST_PATIENCE_S, found=patience_s))


def _states(asked: Course, handle_s: float, patience_s: float, lines: int | None) -> int:
    """States enough: with the slower of the two ways out for everybody, the number there would be Poisson."""
    if lines is not None:
        if not 1 <= lines <= MOST_STATES:
            words = _("{what}: {found} was found; a number from {least} to {most} is expected.")
            raise DialtestError(words.format(what=_("Lines"), found=lines, least=1, most=MOST_STATES))
        return lines + 1
    slower_s = max(handle_s, patience_s)
    everybody = float(asked.arrived.sum())
    most = everybody if isinf(slower_s) else float(exponential_load(asked, slower_s).max())
    states = int(most + 12 * sqrt(most) + 40)
    if states > MOST_STATES:
        words = _("As many as {states} calls could be waiting at once; at most {most} can be followed.")
        raise DialtestError(words.format(states=states, most=MOST_STATES), _("Say how many lines there are."))
    return states


class _Walk:
    """The law of the number of calls there, and what was counted on the way."""

    def __init__(
        self, asked: Course, handle_s: float, patience_s: float, full: bool, states: int, within_s: float
    ) -> None:
        self._asked, self._full, self._within_s = asked, full, within_s
        self._ends_per_s, self._gives_up_per_s = 1 / handle_s, 1 / patience_s
        self._law = np.zeros(states)
        self._law[0] = 1.0
        self._low = self._high = 0
        self._cut = 0.0
        self._there = np.arange(states + 1.0)
        self._crew = -1.0
        self._leaving, self._at_once = self._there, self._there
        intervals = len(asked.arrivals_per_s)
        self._busy, self._queue, self._refused, self._waiting, self._soon = np.zeros((5, intervals))

    def through(self, interval: int) -> None:
        """One interval more."""
        # Imported here: numba takes a second to come, and most of the theory does without.
        from load.theory.uniformisation import advance

        crew, length_s = float(self._asked.agents[interval]), float(self._asked.lengths_s[interval])
        rate = float(self._asked.arrivals_per_s[interval])
        self._take(crew)
        occupied_s = np.zeros(len(self._law))
        self._low, self._high, cut = advance(
            self._law, self._low, self._high, rate, self._leaving, length_s, occupied_s
        )
        self._cut += cut
        there, lasting = self._there[:-1], occupied_s / length_s
        self._busy[interval] = lasting @ np.minimum(there, crew)
        self._queue[interval] = lasting @ np.maximum(there - crew, 0)
        self._refused[interval] = lasting[-1] * rate * length_s
        self._waiting[interval] = self._law @ np.maximum(there - crew, 0)
        self._soon[interval] = (lasting[:-1] @ self._at_once[: len(lasting) - 1]) * rate * length_s

    def result(self) -> TransientErlangA:
        arrived = self._asked.arrived
        abandoned = self._queue * self._asked.lengths_s * self._gives_up_per_s
        before = np.concatenate(([0.0], self._waiting[:-1]))
        blocked = self._refused if self._full else np.zeros_like(self._refused)
        answered = arrived - abandoned - blocked - (self._waiting - before)
        refused = 0.0 if self._full else float(self._refused.sum()) / max(float(arrived.sum()), 1e-300)
        error = self._cut + abs(1 - float(self._law.sum())) + refused
        return TransientErlangA(
            self._asked, arrived, answered, abandoned, blocked, self._waiting, self._queue, self._busy, self._soon,
            error, self._law,
        )  # fmt: skip

    def _take(self, crew: float) -> None:
        if crew == self._crew:
            return
        self._crew = crew
        busy = np.minimum(self._there, crew)
        self._leaving = busy * self._ends_per_s + (self._there - busy) * self._gives_up_per_s
        self._at_once = self._answered_soon(crew)

    def _answered_soon(self, crew: float) -> Array:
        """P(answered within `within_s` | so many are there when a call comes); as in FiniteQueue."""
        ahead = np.floor(np.maximum(self._there - crew, 0)) + 1
        if crew == 0:
            return np.zeros_like(ahead)
        if self._gives_up_per_s == 0:
            waited = gammainc(ahead, crew * self._ends_per_s * self._within_s)
        else:
            lasting = crew * self._ends_per_s / self._gives_up_per_s
            by = betainc(ahead, lasting + 1, -np.expm1(-self._within_s * self._gives_up_per_s))
            waited = lasting / (lasting + ahead) * by
        return np.where(self._there < crew, 1.0, waited)
