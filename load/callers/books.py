"""What became of the calls of one worker, counted and timed; pages of several workers add up to one measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hdrh.histogram import HdrHistogram
from msgspec import Struct

from load.callers.hotline_words import Outcome
from load.callers.lengths import MICROSECONDS, Lengths
from load.measured import BrandMeasured, Spread
from load.tally import CONNECTED_WITHIN_S, Tally

QUARTER_S = 900
LATE_S = 0.1
"""Who calls this much after they were due is late (ours)."""

SHARES = (0.5, 0.9, 0.99, 0.999)
TIMES = ("reply", "reply_service", "answer", "answer_service", "lateness")
MOST_KINDS = 100


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """A worker's books as they stand, from its begin; times are HDR histograms in their compressed text form.

    callers: how many it has to play; ended: of how many the fate is known. done: whether it has nothing more to do.
    quarters: (brand, quarter hour since the plan's begin, attempts, answered).
    """

    callers: int
    ended: int
    placed: int
    late: int
    not_started: int
    at_once: int
    most_at_once: int
    done: bool
    tallies: list[Tally]
    failures: dict[str, int]
    quarters: list[tuple[int, int, int, int]]
    times: dict[str, str]


@dataclass(slots=True)
class Ended:
    """An attempt that is over. Lengths in seconds on the wall: from when it was due, from when it was placed, and of
    that, in the menu.
    """

    brand: int
    outcome: Outcome
    scheduled_plan_s: float
    response_s: float
    service_s: float
    first: bool
    last: bool
    in_menu_s: float = 0.0


class Books:
    """`brands`: how many there are; `speed`: seconds of the plan per second on the wall."""

    def __init__(self, brands: int, speed: float, callers: int = 0) -> None:
        self.speed, self.callers = speed, callers
        self.ended = self.placed = self.late = self.not_started = self.at_once = self.most_at_once = 0
        self.tallies = [Tally() for _ in range(brands)]
        self.failures: dict[str, int] = {}
        self.quarters: dict[tuple[int, int], list[int]] = {}
        self._times = {name: Lengths() for name in TIMES}
        self._answered_after = [Lengths() for _ in range(brands)]
        self._abandoned_after = [Lengths() for _ in range(brands)]

    def begun(self, late_s: float) -> None:
        """An attempt, or a withdrawal, was placed so long after it was due."""
        self.placed += 1
        self.late += late_s > LATE_S
        self._times["lateness"].add(late_s)

    def replied(self, response_s: float, service_s: float) -> None:
        """The hotline's first reply to an attempt came."""
        self._times["reply"].add(response_s)
        self._times["reply_service"].add(service_s)

    def ends(self, ended: Ended) -> None:
        """An attempt was answered, or is over without that."""
        tally, waited_s = self.tallies[ended.brand], (ended.response_s - ended.in_menu_s) * self.speed
        tally.attempts += 1
        tally.callers += ended.first
        tally.waited_s += waited_s
        setattr(tally, ended.outcome, getattr(tally, ended.outcome) + 1)
        quarter = self.quarters.setdefault((ended.brand, int(ended.scheduled_plan_s // QUARTER_S)), [0, 0])
        quarter[0] += 1
        self.ended += ended.last
        if ended.outcome == "answered":
            quarter[1] += 1
            tally.callers_answered += 1
            tally.answered_within += waited_s <= CONNECTED_WITHIN_S
            self._answered_after[ended.brand].add(waited_s)
            self._times["answer"].add(ended.response_s)
            self._times["answer_service"].add(ended.service_s)
        elif ended.outcome == "diverted":
            tally.callers_diverted += 1
        elif ended.outcome == "abandoned":
            self._abandoned_after[ended.brand].add(waited_s)

    def withdrew(self, brand: int, way: str, failure: str) -> None:
        """Somebody withdrew by SMS or web instead of calling, or tried to."""
        self.ended += 1
        if failure:
            self.failed(failure)
        elif way == "sms":
            self.tallies[brand].withdrew_by_sms += 1
        else:
            self.tallies[brand].withdrew_by_web += 1

    def failed(self, failure: str) -> None:
        """Something went wrong, told in a few words; so many kinds of words are kept, the rest is “other”."""
        kind = failure if failure in self.failures or len(self.failures) < MOST_KINDS else "other"
        self.failures[kind] = self.failures.get(kind, 0) + 1

    def holds(self, calls: int) -> None:
        """So many calls are in progress."""
        self.at_once = calls
        self.most_at_once = max(self.most_at_once, calls)

    def page(self, done: bool) -> Page:
        """The books as they stand."""
        quarters = [(*key, counts[0], counts[1]) for key, counts in sorted(self.quarters.items())]
        return Page(
            self.callers, self.ended, self.placed, self.late, self.not_started, self.at_once, self.most_at_once, done,
            self.tallies, self.failures, quarters,
            {name: histogram.encode().decode() for name, histogram in self._histograms().items()},
        )  # fmt: skip

    def add(self, page: Page) -> None:
        """Add a worker's page. Raises ValueError for one of other brands."""
        if len(page.tallies) != len(self.tallies):
            raise ValueError(f"{len(page.tallies)} brands; expected are {len(self.tallies)}")
        self.callers += page.callers
        self.ended += page.ended
        self.placed += page.placed
        self.late += page.late
        self.not_started += page.not_started
        self.at_once += page.at_once
        self.most_at_once += page.most_at_once
        self.tallies = [mine + its for mine, its in zip(self.tallies, page.tallies, strict=True)]
        for kind, count in page.failures.items():
            self.failures[kind] = self.failures.get(kind, 0) + count
        for brand, quarter, calls, answered in page.quarters:
            counts = self.quarters.setdefault((brand, quarter), [0, 0])
            counts[0] += calls
            counts[1] += answered
        for name, histogram in self._histograms().items():
            if name in page.times:
                histogram.add(HdrHistogram.decode(page.times[name]))

    def brands(self, names: Sequence[str]) -> tuple[BrandMeasured, ...]:
        """The brands as a measurement tells them."""
        return tuple(
            BrandMeasured(name, self.tallies[place], spread(self._answered_after[place].histogram),
                          spread(self._abandoned_after[place].histogram))
            for place, name in enumerate(names)
        )  # fmt: skip

    @property
    def times(self) -> dict[str, HdrHistogram]:
        """The times on the wall, by their names."""
        return {name: one.histogram for name, one in self._times.items()}

    @property
    def answered_after(self) -> list[HdrHistogram]:
        """How long those who were answered had waited, by brand."""
        return [one.histogram for one in self._answered_after]

    @property
    def abandoned_after(self) -> list[HdrHistogram]:
        """How long those who gave up had waited, by brand."""
        return [one.histogram for one in self._abandoned_after]

    def _histograms(self) -> dict[str, HdrHistogram]:
        after = {f"answered {place}": one for place, one in enumerate(self.answered_after)}
        return self.times | after | {f"abandoned {place}": one for place, one in enumerate(self.abandoned_after)}


def spread(histogram: HdrHistogram) -> Spread:
    """A histogram of microseconds as a measurement tells it: as its own queries do, but with one look at the counts.

    A percentile is the highest value its place stands for, the mean is of the middles.
    """
    counts = np.ctypeslib.as_array(histogram.counts)
    places = np.flatnonzero(counts)
    if not len(places):
        return Spread()
    values = [histogram.get_value_from_index(int(place)) for place in places]
    middles = [value + histogram.get_highest_equivalent_value(value) + 1 for value in values]
    by = np.cumsum(counts[places])
    wanted = [values[int(np.searchsorted(by, max(int(share * by[-1] + 0.5), 1)))] for share in SHARES]
    mean = float(np.dot(counts[places], middles)) / 2 / float(by[-1])
    figures = (mean, *map(histogram.get_highest_equivalent_value, wanted), histogram.get_max_value())
    return Spread(int(by[-1]), *(round(value / MICROSECONDS, 6) for value in figures))
