"""The time after a shift's end: agents who went off it end the call at hand, and meanwhile nobody else is taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array
from load.theory.uniformisation import JUMPS, TAIL, advance_leaving

FORGOTTEN = 1e-14
MOST_PAIRS = 20_000_000
_MARGIN = 24


@dataclass(frozen=True, slots=True)
class Pace:
    """What happens how often: calls come, a call ends, a waiting caller gives up."""

    arrivals_per_s: float
    ends_per_s: float
    gives_up_per_s: float

    def greatest(self, in_hand: int, waiting: int) -> float:
        """No state with so many calls, or fewer, is left at a higher rate."""
        return self.arrivals_per_s + in_hand * self.ends_per_s + waiting * self.gives_up_per_s


@dataclass(slots=True, eq=False)
class Spent:
    """How `length_s` went: seconds with j calls there, `alone_s[j]`, and `over_s[j]` with more in hand than agents;
    `over_busy_s` is the latter, counted once for each call in hand.
    """

    length_s: float
    alone_s: Array
    over_s: Array
    over_busy_s: float


class Leavers:
    """P(agents + r calls in hand, q waiting), r ≥ 1, at `law[r − 1, q − first_waiting]`.

    Whoever ends a call goes, until r is 0; then waiting callers are taken again. So the simulation and the hotline
    have it.
    """

    def __init__(self, agents: int, law: Array, first_waiting: int = 0) -> None:
        self.agents, self.law, self.first_waiting = agents, law, first_waiting

    @property
    def chance(self) -> float:
        """The probability that more calls are in hand than there are agents."""
        return float(self.law.sum())

    @property
    def in_hand(self) -> Array:
        """Calls in hand, for each row of `law`."""
        return self.agents + 1 + np.arange(len(self.law), dtype=np.float64)

    @property
    def waiting(self) -> Array:
        """Callers waiting, for each column of `law`."""
        return self.first_waiting + np.arange(self.law.shape[1], dtype=np.float64)

    def advance(self, alone: Array, pace: Pace, length_s: float) -> Spent:
        """Carry these and `alone`, P(j calls there, none over), forward in place, until hardly any are left."""
        spent = Spent(0.0, np.zeros_like(alone), np.zeros_like(alone), 0.0)
        while spent.length_s < length_s * (1 - 1e-12):
            reached = int(np.flatnonzero(alone > TAIL)[-1]) if (alone > TAIL).any() else 0
            waiting = max(reached - self.agents, self.first_waiting + self.law.shape[1])
            step_s = min(length_s - spent.length_s, JUMPS / pace.greatest(self.agents + len(self.law), waiting))
            self._step(alone, pace, step_s, waiting, spent)
            if self.chance < FORGOTTEN:
                self.settle(alone)
                break
        return spent

    def _step(self, alone: Array, pace: Pace, step_s: float, waiting: int, spent: Spent) -> None:
        more = _at_most(pace.arrivals_per_s * step_s)
        self._widen(_at_most(waiting * pace.gives_up_per_s * step_s), more)
        rate = pace.greatest(self.agents + len(self.law), waiting + more)
        step_s = min(step_s, 2 * JUMPS / rate)
        ended = _at_most((self.agents + len(self.law)) * pace.ends_per_s * step_s)
        row = max(0, int(np.argmax(self.law.max(axis=1) > 0)) - ended)
        end = min(len(alone), self.agents + waiting + more + 1)
        stretch_s = np.zeros_like(self.law)
        advance_leaving(
            alone[:end], self.law[row:], row + 1, self.first_waiting, self.agents, len(alone) - 1, pace.arrivals_per_s,
            pace.ends_per_s, pace.gives_up_per_s, rate, step_s, spent.alone_s[:end], stretch_s[row:],
        )  # fmt: skip
        spent.over_busy_s += float(stretch_s.sum(axis=1) @ self.in_hand)
        _add_by_number(spent.over_s, stretch_s, self)
        spent.length_s += step_s
        self.trim()

    def settle(self, alone: Array) -> None:
        """Count those over as if they were not: where hardly any is left."""
        _add_by_number(alone, self.law, self)
        self.law = self.law[:0]

    def law_by_number(self, states: int) -> Array:
        """P(j calls there, more in hand than agents)."""
        there = np.zeros(states)
        _add_by_number(there, self.law, self)
        return there

    def _widen(self, fewer: int, more: int) -> None:
        fewer = min(fewer, self.first_waiting)
        self.law = np.pad(self.law, ((0, 0), (fewer, more)))
        self.first_waiting -= fewer

    def trim(self) -> None:
        """Leave out rows and columns that hold nothing."""
        self.law[self.law.max(axis=1) <= TAIL] = 0.0
        rows = np.flatnonzero(self.law.max(axis=1))
        columns = np.flatnonzero(self.law.max(axis=0) > TAIL)
        if len(rows) and len(columns):
            self.law = self.law[: rows[-1] + 1, columns[0] : columns[-1] + 1]
            self.first_waiting += int(columns[0])
        else:
            self.law = self.law[:0]


def _at_most(mean: float) -> int:
    """So many of a Poisson number are exceeded by nothing that counts: 12 deviations."""
    return int(mean + 12 * np.sqrt(mean)) + _MARGIN


def after_change(alone: Array, before: int, leavers: Leavers | None, agents: int) -> Leavers | None:
    """Who is over when `before` agents, and the leavers of earlier changes, become `agents`; `alone` changes in place.

    Nobody is put back into the queue: of j calls there, min(j, before) are in hand, and all of these are ended.
    """
    busiest = max(before, leavers.agents + len(leavers.law) if leavers else 0)
    reached = int(np.flatnonzero(alone)[-1]) if alone.any() else 0
    longest = max(reached - before, leavers.first_waiting + leavers.law.shape[1] if leavers else 0, 0)
    rows = max(busiest - agents, 0)
    if rows * longest > MOST_PAIRS:
        words = _("{before} agents become {agents} while {longest} may wait: that is too much to follow.")
        raise DialtestError(words.format(before=before, agents=agents, longest=longest), _("Let agents go by degrees."))
    over = Leavers(agents, np.zeros((rows, longest + 1)))
    if leavers:
        _put(leavers, over, alone)
    if agents < before:
        moved = alone[agents + 1 : reached + 1].copy()
        alone[agents + 1 : reached + 1] = 0.0
        in_hand_only, with_queue = moved[: before - agents], moved[before - agents :]
        over.law[: len(in_hand_only), 0] += in_hand_only
        over.law[before - agents - 1, 1 : len(with_queue) + 1] += with_queue
    if over.chance < FORGOTTEN:
        over.settle(alone)
        return None
    over.trim()
    return over


def _put(leavers: Leavers, over: Leavers, alone: Array) -> None:
    """Those over before are over still, or in a queue for the agents there are now."""
    fewer = max(0, over.agents - leavers.agents)
    first = max(0, leavers.agents - over.agents)
    still = leavers.law[fewer:]
    over.law[first : first + len(still), leavers.first_waiting :][:, : still.shape[1]] += still
    _add_by_number(alone, leavers.law[:fewer], leavers)


def _add_by_number(there: Array, law: Array, leavers: Leavers) -> None:
    """Add the first rows of a law over calls in hand and waiting to one over their sum."""
    for in_hand, row in zip(leavers.in_hand.astype(int), law, strict=False):
        first = in_hand + leavers.first_waiting
        fits = row[: max(0, len(there) - first)]
        there[first : first + len(fits)] += fits
