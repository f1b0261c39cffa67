"""Which test number of which team and site is free when, and which services it has already dialled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heappush

from dialtest.model.number import Number, Team

Services = Sequence[str]

SITES_COMPARED = 8
"""Of so many free numbers of a team the one of the site that dialled the service least is taken."""


class Allocation:
    """Gives out numbers: one case at a time each, never the same service twice, and each service to the teams in turn.

    A case may order several services, the one dialled first: the number is new to all of them.

    One case at a time, because what a handset shows must belong to one case to be evidence. The teams in turn (D1), so
    that every service is dialled by more than one of them where numbers allow; a provider's numbers are apart, and
    dial its own services only. `short` is how many more numbers would have served everyone who went without.
    """

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._ordering: dict[Team, _Crew] = {}
        self._control = _Crew()
        self._own: dict[str, _Crew] = {}
        self._missing = _Crew()
        self._dials: Counter[tuple[str, Team]] = Counter()
        self._crews: dict[str, tuple[Team, _Crew]] = {}
        self.short = 0
        for place, number in enumerate(_by_turns(list(numbers))):
            crew = self._crew_of(number)
            if crew is not None:
                crew.add(place, number.msisdn, number.site)
                self._crews[number.msisdn] = (number.team, crew)

    @property
    def free_control(self) -> int:
        """How many control numbers wait for a watch."""
        return len(self._control.free)

    @property
    def providers(self) -> frozenset[str]:
        """Codes of the providers that have numbers of their own."""
        return frozenset(self._own)

    def occupy(self, msisdn: str, services: Services, until: datetime) -> None:
        """A case planned before uses this number until then."""
        if msisdn in self._crews:
            team, crew = self._crews[msisdn]
            crew.occupy(msisdn, services, until)
            self._dials[services[0], team] += 1

    def take(
        self, services: Services, starts_at: datetime, ends_at: datetime, *, control: bool
    ) -> tuple[str, tuple[str, ...]] | None:
        """A number for a case, and the services it dialled before; None when none is free. Starts never go back."""
        if control:
            found = self._control.take(services, starts_at, ends_at)
        else:
            found = next(filter(None, self._in_turn(services, starts_at, ends_at)), None)
        if found is None and self._missing.take(services, starts_at, ends_at) is None:
            self.short += 1
            self._missing.add(self.short, f"missing {self.short}")
            self._missing.take(services, starts_at, ends_at)
        return found

    def take_own(
        self, services: Services, starts_at: datetime, ends_at: datetime
    ) -> tuple[str, tuple[str, ...]] | None:
        """A number of the services' own provider; that none is free is nobody's shortage."""
        crew = self._own.get(services[0].partition("/")[0])
        return crew.take(services, starts_at, ends_at) if crew else None

    def _in_turn(
        self, services: Services, starts_at: datetime, ends_at: datetime
    ) -> Iterator[tuple[str, tuple[str, ...]] | None]:
        """What each team can give, the one that dialled the service least asked first."""
        dialled = services[0]

        def turn(team: Team) -> tuple[int, int, str]:
            return self._dials[dialled, team], self._ordering[team].next_place(starts_at), team

        for team in sorted(self._ordering, key=turn):
            found = self._ordering[team].take(services, starts_at, ends_at)
            self._dials[dialled, team] += found is not None
            yield found

    def _crew_of(self, number: Number) -> _Crew | None:
        """Where a number belongs; None for a provider's that says not whose it is, or that is to watch only."""
        if number.team == "provider":
            usable = number.provider_code and not number.control
            return self._own.setdefault(number.provider_code, _Crew()) if usable else None
        return self._control if number.control else self._ordering.setdefault(number.team, _Crew())


class _Crew:
    """Numbers that may stand in for each other: those free, by place, and those busy, by when they are free again."""

    def __init__(self) -> None:
        self.free: list[tuple[int, str]] = []
        self._busy: list[tuple[datetime, int, str]] = []
        self._dialled: dict[str, list[str]] = {}
        self._sites: dict[str, str] = {}
        self._dials: Counter[tuple[str, str]] = Counter()

    def add(self, place: int, msisdn: str, site: str = "") -> None:
        self._dialled[msisdn] = []
        self._sites[msisdn] = site
        heappush(self.free, (place, msisdn))

    def next_place(self, starts_at: datetime) -> int:
        """The place of the number that is next, so that teams that dialled a service equally often take turns."""
        self._release(starts_at)
        return self.free[0][0] if self.free else len(self._dialled)

    def occupy(self, msisdn: str, services: Services, until: datetime) -> None:
        place = next((place for place, name in self.free if name == msisdn), len(self._dialled))
        self.free = [entry for entry in self.free if entry[1] != msisdn]
        heapify(self.free)
        self._note(msisdn, services, until, place)

    def take(self, services: Services, starts_at: datetime, ends_at: datetime) -> tuple[str, tuple[str, ...]] | None:
        self._release(starts_at)
        entry = self._best_new_to(services)
        if entry is None:
            return None
        place, msisdn = entry
        earlier = tuple(self._dialled[msisdn])
        self._note(msisdn, services, ends_at, place)
        return msisdn, earlier

    def _release(self, starts_at: datetime) -> None:
        while self._busy and self._busy[0][0] < starts_at:
            _, place, msisdn = heappop(self._busy)
            heappush(self.free, (place, msisdn))

    def _note(self, msisdn: str, services: Services, until: datetime, place: int) -> None:
        self._dialled[msisdn].extend(services)
        self._dials[services[0], self._sites[msisdn]] += 1
        heappush(self._busy, (until, place, msisdn))

    def _best_new_to(self, services: Services) -> tuple[int, str] | None:
        """The number of the site that dialled the service least, among the first few that never ordered any of them."""
        passed: list[tuple[int, str]] = []
        fitting: list[tuple[int, tuple[int, str]]] = []
        while self.free and len(fitting) < SITES_COMPARED and not (fitting and fitting[-1][0] == 0):
            entry = heappop(self.free)
            passed.append(entry)
            if not any(service in self._dialled[entry[1]] for service in services):
                fitting.append((self._dials[services[0], self._sites[entry[1]]], entry))
        best = min(fitting)[1] if fitting else None
        for entry in passed:
            if entry != best:
                heappush(self.free, entry)
        return best


def _by_turns(numbers: Iterable[Number]) -> list[Number]:
    """Numbers of the teams in turn, and within a team of its sites, so that each dials early and often."""
    turns: Counter[tuple[str, str]] = Counter()
    placed = []
    for number in numbers:
        turn = turns[number.team, number.site]
        turns[number.team, number.site] += 1
        placed.append((turn, number.site, number.team, number.msisdn, number))
    return [number for *_, number in sorted(placed, key=lambda entry: entry[:4])]
