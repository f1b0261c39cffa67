"""Erlang A while calls and agents change (M_t/M/n_t+M): the law of the number of calls there, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isinf, sqrt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array
from load.theory.course import Course, course
from load.theory.infinite_server import exponential_load
from load.theory.traffic import checked_patience_s, checked_within_s, offered_erlangs

if TYPE_CHECKING:
    from load.theory.walk import Walk

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
    (its minutes against its quarter minutes: tests/load/theory/test_transient.py). When agents become fewer, calls in
    hand are all ended; until no more are in hand than there are agents, nobody else is taken (see `Leavers`).
    `answered_within` takes the agents of the interval for the seconds after it, too. Raises DialtestError for numbers
    out of bounds.
    """
    # Imported here: numba takes a second to come, and most of the theory does without.
    from load.theory.walk import Walk

    asked = course(edges_s, arrivals_per_s, agents)
    _check_whole(asked.agents)
    offered_erlangs(float(asked.arrivals_per_s.max()) * 3600, handle_s)
    _check_patience(patience_s)
    checked_within_s(within_s)
    states = _states(asked, handle_s, patience_s, lines)
    walk = Walk(asked, 1 / handle_s, 1 / patience_s, states, within_s)
    for interval in range(len(asked.arrivals_per_s)):
        walk.through(interval)
    return _result(walk, lines is not None)


def _result(walk: Walk, full: bool) -> TransientErlangA:
    arrived = walk.asked.arrived
    abandoned = walk.queue * walk.asked.lengths_s * walk.gives_up_per_s
    blocked = walk.refused if full else np.zeros_like(walk.refused)
    answered = arrived - abandoned - blocked - np.diff(walk.waiting, prepend=0.0)
    law = walk.law
    beyond = 0.0 if full else float(walk.refused.sum()) / max(float(arrived.sum()), 1.0)
    error = abs(1 - float(law.sum())) + beyond
    return TransientErlangA(
        walk.asked, arrived, answered, abandoned, blocked, walk.waiting, walk.queue, walk.busy, walk.soon, error, law
    )


def _check_whole(agents: Array) -> None:
    if (agents != np.floor(agents)).any():
        raise DialtestError(_("The number of agents must be whole in every interval."))


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
