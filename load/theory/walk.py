"""A course gone through interval by interval: the law of the calls there, and what is counted on the way."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, gammainc

from load.law import Array
from load.theory.course import Course
from load.theory.leavers import Leavers, Pace, Spent, after_change
from load.theory.uniformisation import advance


class Walk:
    """From an empty hotline on. Each array has a value for every interval gone through.

    `busy`, `queue`: calls in hand and waiting, averages; `refused`: calls that found all states taken; `waiting`: at
    the interval's end; `soon`: calls answered within the seconds asked about.
    """

    def __init__(self, asked: Course, ends_per_s: float, gives_up_per_s: float, states: int, within_s: float) -> None:
        self.asked, self.ends_per_s, self.gives_up_per_s = asked, ends_per_s, gives_up_per_s
        self.busy, self.queue, self.refused, self.waiting, self.soon = np.zeros((5, len(asked.arrivals_per_s)))
        self._within_s = within_s
        self._alone = np.zeros(states)
        self._alone[0] = 1.0
        self._leavers: Leavers | None = None
        self._there = np.arange(states + 1.0)
        self._crew = int(asked.agents[0])
        self._take(self._crew)

    @property
    def law(self) -> Array:
        """P(j calls there) now."""
        return self._alone + self._leavers.law_by_number(len(self._alone)) if self._leavers else self._alone

    def through(self, interval: int) -> None:
        """One interval more."""
        crew, length_s = int(self.asked.agents[interval]), float(self.asked.lengths_s[interval])
        pace = Pace(float(self.asked.arrivals_per_s[interval]), self.ends_per_s, self.gives_up_per_s)
        if crew != self._crew:
            self._leavers = after_change(self._alone, self._crew, self._leavers, crew)
            self._take(crew)
        spent = Spent(0.0, np.zeros_like(self._alone), np.zeros_like(self._alone), 0.0)
        if self._leavers:
            spent = self._leavers.advance(self._alone, pace, length_s)
            self._leavers = self._leavers if self._leavers.chance else None
        if spent.length_s < length_s * (1 - 1e-12):
            carries = np.flatnonzero(self._alone)
            advance(
                self._alone, int(carries[0]), int(carries[-1]), pace.arrivals_per_s, self._leaving,
                length_s - spent.length_s, spent.alone_s,
            )  # fmt: skip
        self._count(interval, spent, pace.arrivals_per_s, length_s)

    def _count(self, interval: int, spent: Spent, arrivals_per_s: float, length_s: float) -> None:
        there = self._there[:-1]
        number_s = spent.alone_s + spent.over_s
        busy_s = float(spent.alone_s @ np.minimum(there, self._crew)) + spent.over_busy_s
        self.busy[interval] = busy_s / length_s
        self.queue[interval] = max(0.0, float(number_s @ there) - busy_s) / length_s
        self.refused[interval] = number_s[-1] * arrivals_per_s
        self.soon[interval] = number_s[:-1] @ self._at_once[: len(there) - 1] * arrivals_per_s
        self.waiting[interval] = self._alone @ np.maximum(there - self._crew, 0)
        if self._leavers:
            self.waiting[interval] += float(self._leavers.law.sum(axis=0) @ self._leavers.waiting)

    def _take(self, crew: int) -> None:
        self._crew = crew
        busy = np.minimum(self._there, crew)
        self._leaving = busy * self.ends_per_s + (self._there - busy) * self.gives_up_per_s
        self._at_once = self._answered_soon(crew)

    def _answered_soon(self, crew: int) -> Array:
        """P(answered within `within_s` | so many are there when a call comes); as in FiniteQueue."""
        ahead = np.maximum(self._there - crew, 0) + 1
        if crew == 0:
            return np.zeros_like(ahead)
        if self.gives_up_per_s == 0:
            waited = gammainc(ahead, crew * self.ends_per_s * self._within_s)
        else:
            lasting = crew * self.ends_per_s / self.gives_up_per_s
            by = betainc(ahead, lasting + 1, -np.expm1(-self._within_s * self.gives_up_per_s))
            waited = lasting / (lasting + ahead) * by
        return np.where(self._there < crew, 1.0, waited)
