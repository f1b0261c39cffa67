"""Which test number is free when, and which services it has already dialled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from heapq import heappop, heappush

from dialtest.model.number import Number


class Allocation:
    """Gives out numbers: one case at a time each, and never the same service twice.

    One case at a time, because what a handset shows must belong to one case to be evidence. `short` is how many more
    numbers would have served everyone who went without.
    """

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._free: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
        self._busy: dict[bool, list[tuple[datetime, int, str]]] = {True: [], False: []}
        self._dialled: dict[str, list[str]] = {}
        self._control: dict[str, bool] = {}
        self._missing: list[datetime] = []
        self.short = 0
        for place, number in enumerate(_by_turns_of_teams(numbers)):
            self._dialled[number.msisdn] = []
            self._control[number.msisdn] = number.control
            heappush(self._free[number.control], (place, number.msisdn))

    @property
    def free_control(self) -> int:
        """How many control numbers wait for a watch."""
        return len(self._free[True])

    def occupy(self, msisdn: str, service: str, until: datetime) -> None:
        """A case planned before uses this number until then."""
        if msisdn in self._control:
            control = self._control[msisdn]
            free = self._free[control]
            place = next((place for place, name in free if name == msisdn), len(self._dialled))
            self._free[control] = [entry for entry in free if entry[1] != msisdn]
            self._dialled[msisdn].append(service)
            heappush(self._busy[control], (until, place, msisdn))

    def take(
        self, service: str, starts_at: datetime, ends_at: datetime, *, control: bool
    ) -> tuple[str, tuple[str, ...]] | None:
        """A number for a case, and the services it dialled before; None when none is free. Starts never go back."""
        free, busy = self._free[control], self._busy[control]
        while busy and busy[0][0] < starts_at:
            _, place, msisdn = heappop(busy)
            heappush(free, (place, msisdn))
        passed = []
        found = None
        while free and found is None:
            entry = heappop(free)
            if service in self._dialled[entry[1]]:
                passed.append(entry)
            else:
                found = entry
        for entry in passed:
            heappush(free, entry)
        if found is None:
            self._count_missing(starts_at, ends_at)
            return None
        place, msisdn = found
        earlier = tuple(self._dialled[msisdn])
        self._dialled[msisdn].append(service)
        heappush(busy, (ends_at, place + len(self._dialled), msisdn))
        return msisdn, earlier

    def _count_missing(self, starts_at: datetime, ends_at: datetime) -> None:
        """A number bought for one who went without serves the next as soon as it is free again."""
        if self._missing and self._missing[0] < starts_at:
            heappop(self._missing)
        heappush(self._missing, ends_at)
        self.short = max(self.short, len(self._missing))


def _by_turns_of_teams(numbers: Iterable[Number]) -> list[Number]:
    """Numbers of the teams in turn, so that every team dials early and often."""
    turns: dict[str, int] = {}
    placed = []
    for number in numbers:
        turn = turns[number.team] = turns.get(number.team, -1) + 1
        placed.append((turn, number.team, number.msisdn, number))
    return [number for _, _, _, number in sorted(placed, key=lambda entry: entry[:3])]
