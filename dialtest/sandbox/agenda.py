"""Virtual time: one heap of what happens when; the same seed gives the same order, ties included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any

NETWORK_FIRST = 0
CASE_AFTER = 1


class Agenda:
    """A heap of (instant, priority, counter, time, what, arguments). `now` moves only when something is taken from it.

    Times are ordered as instants (seconds since 1970), since wall clocks go back and forth with summer time. At one
    instant the network's own events (priority NETWORK_FIRST) happen before cases wake (CASE_AFTER).
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._zone = now.tzinfo
        self._heap: list[tuple[float, int, int, datetime, Callable[..., None], tuple[Any, ...]]] = []
        self._instant = now.timestamp()
        self._counter = count()

    def at(self, when: datetime, priority: int, what: Callable[..., None], *arguments: Any) -> None:
        """Let `what(*arguments)` happen at `when`, or now when that is past."""
        instant = max(when.timestamp(), self._instant)
        when = datetime.fromtimestamp(instant, self._zone)  # a time that the clocks skip is told as they show it
        heappush(self._heap, (instant, priority, next(self._counter), when, what, arguments))

    def after(self, delay_s: float, what: Callable[..., None], *arguments: Any) -> None:
        """Let the network do `what(*arguments)` that many seconds from now; cheaper than `at`, which must reckon back.

        Real seconds pass, also across a change to or from summer time.
        """
        instant = self._instant + delay_s
        when = datetime.fromtimestamp(instant, self._zone)
        heappush(self._heap, (instant, NETWORK_FIRST, next(self._counter), when, what, arguments))

    def clock(self, delay_s: float) -> datetime:
        """What the clock shows that many seconds from now."""
        return datetime.fromtimestamp(self._instant + delay_s, self._zone) if delay_s else self.now

    def next_time(self) -> datetime | None:
        """When the next thing happens; None when nothing is left."""
        return self._heap[0][3] if self._heap else None

    def step(self, last: float = inf) -> bool:
        """Let the next thing happen, unless it comes after the instant `last`; whether anything happened."""
        if not self._heap or self._heap[0][0] > last:
            return False
        self._instant, _, _, self.now, what, arguments = heappop(self._heap)
        what(*arguments)
        return True

    def clear(self) -> None:
        """Forget everything that is still to happen."""
        self._heap.clear()

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
