"""Virtual time: one heap of what happens when; the same seed gives the same order, ties included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any

NETWORK_FIRST = 0
CASE_AFTER = 1


class Agenda:
    """A heap of (time, priority, counter, what, arguments). `now` moves only when something is taken from it.

    At one instant the network's own events (priority NETWORK_FIRST) happen before cases wake (CASE_AFTER).
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._heap: list[tuple[datetime, int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._counter = count()

    def at(self, when: datetime, priority: int, what: Callable[..., None], *arguments: Any) -> None:
        """Let `what(*arguments)` happen at `when`, or now when that is past."""
        heappush(self._heap, (max(when, self.now), priority, next(self._counter), what, arguments))

    def next_time(self) -> datetime | None:
        """When the next thing happens; None when nothing is left."""
        return self._heap[0][0] if self._heap else None

    def step(self) -> None:
        """Let the next thing happen."""
        self.now, _, _, what, arguments = heappop(self._heap)
        what(*arguments)

    def advance(self, until: datetime) -> None:
        """Let everything up to and including `until` happen; `now` is `until` afterwards."""
        while self._heap and self._heap[0][0] <= until:
            self.step()
        self.now = max(self.now, until)
