"""Virtual time: one heap of what happens when; the same seed gives the same order, ties included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf
from typing import Any

NETWORK_FIRST = 0
CASE_AFTER = 1
DAY_S = 86_400

Event = tuple[float, int, int, datetime, Callable[..., None], tuple[Any, ...]]


class Agenda:
    """A heap of (instant, priority, counter, time, what, arguments). `now` moves only when something is taken from it.

    Times are ordered as instants (seconds since 1970), since wall clocks go back and forth with summer time. At one
    instant the network's own events (priority NETWORK_FIRST) happen before cases wake (CASE_AFTER).

    Only the day at hand lies in the heap: what later days bring waits unsorted, since a heap of months is slow.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._zone = now.tzinfo
        self._instant = now.timestamp()
        self._heap: list[Event] = []
        self._heap_ends = self._instant
        self._later: defaultdict[float, list[Event]] = defaultdict(list)
        self._counter = count()

    def at(self, when: datetime, priority: int, what: Callable[..., None], *arguments: Any) -> None:
        """Let `what(*arguments)` happen at `when`, or now when that is past."""
        instant = max(when.timestamp(), self._instant)
        when = datetime.fromtimestamp(instant, self._zone)  # a time that the clocks skip is told as they show it
        self._put((instant, priority, next(self._counter), when, what, arguments))

    def after(self, delay_s: float, what: Callable[..., None], *arguments: Any) -> None:
        """Let the network do `what(*arguments)` that many seconds from now; cheaper than `at`, which must reckon back.

        Real seconds pass, also across a change to or from summer time.
        """
        instant = self._instant + delay_s
        when = datetime.fromtimestamp(instant, self._zone)
        self._put((instant, NETWORK_FIRST, next(self._counter), when, what, arguments))

    def clock(self, delay_s: float) -> datetime:
        """What the clock shows that many seconds from now."""
        return datetime.fromtimestamp(self._instant + delay_s, self._zone) if delay_s else self.now

    def next_time(self) -> datetime | None:
        """When the next thing happens; None when nothing is left."""
        return self._heap[0][3] if self._heap or self._next_day() else None

    def step(self, last: float = inf) -> bool:
        """Let the next thing happen, unless it comes after the instant `last`; whether anything happened."""
        if not (self._heap or self._next_day()) or self._heap[0][0] > last:
            return False
        self._instant, _, _, self.now, what, arguments = heappop(self._heap)
        what(*arguments)
        return True

    def clear(self) -> None:
        """Forget everything that is still to happen."""
        self._heap.clear()
        self._later.clear()

    def advance(self, until: datetime) -> None:
        """Let everything up to and including `until` happen; `now` is `until` afterwards."""
        last = until.timestamp()
        while self.step(last):
            pass
        self.turn_to(until)

    def turn_to(self, when: datetime) -> None:
        """Let the time be `when`, unless it is later already; nothing happens."""
        instant = when.timestamp()
        if instant > self._instant:
            self._instant, self.now = instant, when

    def _put(self, event: Event) -> None:
        instant = event[0]
        if instant < self._heap_ends:
            heappush(self._heap, event)
        else:
            self._later[instant // DAY_S].append(event)

    def _next_day(self) -> bool:
        """Take the next day that brings anything; whether there is one."""
        if not self._later:
            return False
        day = min(self._later)
        self._heap = self._later.pop(day)
        self._heap_ends = (day + 1) * DAY_S
        heapify(self._heap)
        return True
