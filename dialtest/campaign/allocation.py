"""Which test number is free when, and which services it has already dialled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush

from dialtest.model.number import Number


class Allocation:
    """Gives out numbers: one case at a time each, and never the same service twice.

    One case at a time, because what a handset shows must belong to one case to be evidence. `short` is how many more
    numbers would have served everyone who went without.
    """

    def __init__(self, numbers: Iterable[Number]) -> None:
        numbers = list(numbers)
        placed = list(enumerate(_by_turns_of_teams(numbers)))
        self._ordering = _Pool([(place, number.msisdn) for place, number in placed if not number.control])
        self._control = _Pool([(place, number.msisdn) for place, number in placed if number.control])
        self._missing = _Pool([])
        self.short = 0

    @property
    def free_control(self) -> int:
        """How many control numbers wait for a watch."""
        return len(self._control.free)

    def occupy(self, msisdn: str, service: str, until: datetime) -> None:
        """A case planned before uses this number until then."""
        for pool in (self._ordering, self._control):
            pool.occupy(msisdn, service, until)

    def take(
        self, service: str, starts_at: datetime, ends_at: datetime, *, control: bool
    ) -> tuple[str, tuple[str, ...]] | None:
        """A number for a case, and the services it dialled before; None when none is free. Starts never go back."""
        found = (self._control if control else self._ordering).take(service, starts_at, ends_at)
        if found is None and self._missing.take(service, starts_at, ends_at) is None:
            self.short += 1
            self._missing.add(self.short, f"missing {self.short}")
            self._missing.take(service, starts_at, ends_at)
        return found


class _Pool:
    """Numbers of one kind: those free, by place, and those busy, by when they are free again."""

    def __init__(self, placed: list[tuple[int, str]]) -> None:
        self.free: list[tuple[int, str]] = []
        self._busy: list[tuple[datetime, int, str]] = []
        self._dialled: dict[str, list[str]] = {}
        for place, msisdn in placed:
            self.add(place, msisdn)

    def add(self, place: int, msisdn: str) -> None:
        self._dialled[msisdn] = []
        heappush(self.free, (place, msisdn))

    def occupy(self, msisdn: str, service: str, until: datetime) -> None:
        if msisdn in self._dialled:
            place = next((place for place, name in self.free if name == msisdn), len(self._dialled))
            self.free = [entry for entry in self.free if entry[1] != msisdn]
            heapify(self.free)
            self._dialled[msisdn].append(service)
            heappush(self._busy, (until, place, msisdn))

    def take(self, service: str, starts_at: datetime, ends_at: datetime) -> tuple[str, tuple[str, ...]] | None:
        while self._busy and self._busy[0][0] < starts_at:
            _, place, msisdn = heappop(self._busy)
            heappush(self.free, (place, msisdn))
        entry = self._first_new_to(service)
        if entry is None:
            return None
        place, msisdn = entry
        earlier = tuple(self._dialled[msisdn])
        self._dialled[msisdn].append(service)
        heappush(self._busy, (ends_at, place, msisdn))
        return msisdn, earlier

    def _first_new_to(self, service: str) -> tuple[int, str] | None:
        passed, found = [], None
        while self.free and found is None:
            entry = heappop(self.free)
            if service in self._dialled[entry[1]]:
                passed.append(entry)
            else:
                found = entry
        for entry in passed:
            heappush(self.free, entry)
        return found


def _by_turns_of_teams(numbers: Iterable[Number]) -> list[Number]:
    """Numbers of the teams in turn, so that every team dials early and often."""
    turns: dict[str, int] = {}
    placed = []
    for number in numbers:
        turn = turns[number.team] = turns.get(number.team, -1) + 1
        placed.append((turn, number.team, number.msisdn, number))
    return [number for _, _, _, number in sorted(placed, key=lambda entry: entry[:3])]
