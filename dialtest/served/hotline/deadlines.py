"""What is due when: deadlines of one fixed delay in the order they were set, and alarms of any."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Deadlines(Generic[Key]):
    """Keys with a deadline `delay_s` after each was set; dropping one frees all it took."""

    __slots__ = ("_due", "delay_s")

    def __init__(self, delay_s: float) -> None:
        self.delay_s = delay_s
        self._due: OrderedDict[Key, float] = OrderedDict()

    def set(self, key: Key, now_s: float) -> None:
        """Its deadline is `delay_s` from now, whatever it was."""
        self._due.pop(key, None)
        self._due[key] = now_s + self.delay_s

    def drop(self, key: Key) -> None:
        """It has none any more."""
        self._due.pop(key, None)

    def due(self, now_s: float) -> Iterator[Key]:
        """Those whose deadline has come, which have none any more."""
        due = self._due
        while due:
            key, when_s = next(iter(due.items()))
            if when_s > now_s:
                return
            del due[key]
            yield key

    def __len__(self) -> int:
        return len(self._due)


class Alarms(Generic[Key]):
    """Keys to look at again at any time; none is taken back, so whoever wakes one looks whether it still matters."""

    __slots__ = ("_counter", "_heap")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Key]] = []
        self._counter = count()

    def set(self, key: Key, when_s: float) -> None:
        """Wake it then."""
        heappush(self._heap, (when_s, next(self._counter), key))

    def due(self, now_s: float) -> Iterator[Key]:
        """Those to be woken by now."""
        heap = self._heap
        while heap and heap[0][0] <= now_s:
            yield heappop(heap)[2]
