"""Which service is dialled with which scenario, number and team, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, count
from random import Random

from dialtest.campaign.allocation import Allocation
from dialtest.campaign.companion import companion_of
from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.policy.opening import opens
from dialtest.policy.policy import Policy
from dialtest.script.scenario import Scenario, StartDay

DAY_BEGINS_H, DAY_ENDS_H = 9, 18
OWN_DIAL = 0
"""The number in the name of a provider's own dial; the independent ones count from 1."""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One dial to be made. `case` names it for ever; `earlier` are services this number ordered in earlier cases,
    `companion` is one that it orders beside the one dialled (empty: none).
    """

    case: str
    service: str
    scenario: str
    msisdn: str
    starts_at: datetime
    earlier: tuple[str, ...] = ()
    companion: str = ""

    @property
    def services(self) -> tuple[str, ...]:
        """Every service it orders, the one dialled first."""
        return (self.service, self.companion) if self.companion else (self.service,)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the plan aims at: dials per service, when cases may run, how many may begin a day (0: any)."""

    dials_per_service: int
    begins: date
    ends: date
    starts_per_day: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases in order of their start, and what could not be planned.

    `without_number` dials found no free number (`numbers_short` more would serve them), `without_time` no longer end
    within the campaign.
    """

    cases: tuple[PlannedCase, ...]
    without_number: int
    without_time: int
    numbers_short: int
    services_without_scenario: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A dial that wants a number; `own`: one of the provider's."""

    starts_at: datetime
    place: int
    service: Service
    scenario: Scenario
    case: str
    own: bool = False


def make_plan(
    services: Iterable[Service],
    scenarios: Iterable[Scenario],
    numbers: Iterable[Number],
    policy: Policy,
    wishes: Wishes,
    seed: int,
    planned: Sequence[PlannedCase] = (),
) -> Plan:
    """Plan every service that `planned` lacks; the same inputs and seed give the same plan.

    Dials of a service go round all scenarios that fit it, each at least once, and spread over the campaign: intensive
    testing is again and again, not once (D1). Every dial has a number that never dialled this service before, since
    only first orders are free (T3), and that no other case is using meanwhile; where the scenario wants a companion,
    the number is new to that too. A provider with numbers of its own dials each of its services once more, on top: its
    own tests never count as coverage (D1).
    """
    siblings: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        siblings[service.provider_code].append(service)
    rota = [scenario for scenario in scenarios if policy.country in (scenario.markets or (policy.country,))]
    have = {case.service for case in planned}
    wanting = [service for service in chain(*siblings.values()) if service.key not in have]
    wanting.sort(key=lambda service: service.key)
    lasts = {scenario.name: timedelta(days=scenario.lasts_days) for scenario in rota}
    allocation = Allocation(numbers)
    for case in planned:
        allocation.occupy(case.msisdn, case.services, case.starts_at + lasts.get(case.scenario, timedelta(days=90)))
    wanted = [*_dials(wanting, rota, policy, wishes, seed), *_watches(wanting, rota, allocation, policy, wishes, seed)]
    own = [dial for dial in _own_dials(wanting, rota, allocation, policy, wishes, seed) if dial]
    timed = sorted([*filter(None, wanted), *own], key=lambda dial: (dial.starts_at, dial.own, dial.place))
    cases = _with_numbers(timed, allocation, siblings)
    missing = {dial.case for dial in timed if not dial.own} - {case.case for case in cases}
    bare = tuple(service.key for service in wanting if not _fitting(service, rota))
    merged = sorted([*planned, *cases], key=lambda case: (case.starts_at, case.case))
    return Plan(tuple(merged), len(missing), wanted.count(None), allocation.short, bare)


def _fitting(service: Service, rota: Sequence[Scenario]) -> list[Scenario]:
    return [scenario for scenario in rota if not scenario.control and scenario.fits(service)]


def _dials(
    services: Sequence[Service], rota: Sequence[Scenario], policy: Policy, wishes: Wishes, seed: int
) -> Iterator[_Wanted | None]:
    calendar = _Calendar(policy, wishes)
    place = count()
    for service in services:
        fitting = _fitting(service, rota)
        dials = max(wishes.dials_per_service, len(fitting)) if fitting else 0
        random = Random(f"{seed}/plan/{service.key}")
        for dial in range(dials):
            scenario = fitting[dial % len(fitting)]
            starts_at = calendar.start(scenario, (dial + random.random()) / dials, random)
            case = _name(service, scenario, dial + 1)
            yield _Wanted(starts_at, next(place), service, scenario, case) if starts_at else None


def _watches(
    services: Sequence[Service],
    rota: Sequence[Scenario],
    allocation: Allocation,
    policy: Policy,
    wishes: Wishes,
    seed: int,
) -> Iterator[_Wanted | None]:
    """Control numbers watch from the start of the campaign, one case each, under one service's name in turn."""
    calendar = _Calendar(policy, wishes)
    for scenario in (scenario for scenario in rota if scenario.control):
        for place in range(allocation.free_control if services else 0):
            service = services[place % len(services)]
            starts_at = calendar.start(scenario, 0.0, Random(f"{seed}/watch/{place}"))
            case = _name(service, scenario, place + 1)
            yield _Wanted(starts_at, place, service, scenario, case) if starts_at else None


def _own_dials(
    services: Sequence[Service],
    rota: Sequence[Scenario],
    allocation: Allocation,
    policy: Policy,
    wishes: Wishes,
    seed: int,
) -> Iterator[_Wanted | None]:
    """One dial of each service whose provider has numbers of its own, the fitting scenarios in turn."""
    calendar = _Calendar(policy, replace(wishes, starts_per_day=0))
    for place, service in enumerate(services):
        fitting = _fitting(service, rota) if service.provider_code in allocation.providers else []
        if fitting:
            scenario = fitting[place % len(fitting)]
            random = Random(f"{seed}/own/{service.key}")
            starts_at = calendar.start(scenario, random.random(), random)
            case = _name(service, scenario, OWN_DIAL)
            yield _Wanted(starts_at, place, service, scenario, case, own=True) if starts_at else None


def _with_numbers(
    wanted: Iterable[_Wanted], allocation: Allocation, siblings: Mapping[str, Sequence[Service]]
) -> list[PlannedCase]:
    cases = []
    for dial in wanted:
        scenario, starts_at = dial.scenario, dial.starts_at
        companion = companion_of(scenario, dial.service, siblings[dial.service.provider_code])
        case = PlannedCase(dial.case, dial.service.key, scenario.name, "", starts_at, companion=companion)
        ends_at = starts_at + timedelta(days=scenario.lasts_days)
        if dial.own:
            found = allocation.take_own(case.services, starts_at, ends_at)
        else:
            found = allocation.take(case.services, starts_at, ends_at, control=scenario.control)
        if found is not None:
            msisdn, earlier = found
            cases.append(replace(case, msisdn=msisdn, earlier=earlier))
    return cases


def _name(service: Service, scenario: Scenario, dial: int) -> str:
    return f"{service.provider_code}.{service.service_code}.{scenario.name}.{dial:03d}"


class _Calendar:
    """Puts starts on days: spread over what the campaign leaves for a scenario, pinned where the scenario pins them."""

    def __init__(self, policy: Policy, wishes: Wishes) -> None:
        self._policy = policy
        self._wishes = wishes
        self._begun: dict[date, int] = {}

    def start(self, scenario: Scenario, share: float, random: Random) -> datetime | None:
        """A start `share` of the way through the campaign; None when the scenario no longer ends in it."""
        last = self._wishes.ends - timedelta(days=scenario.lasts_days)
        begins = self._begins(scenario)
        room = (last - begins).days if begins else -1
        if begins is None or room < 0:
            return None
        day = begins + timedelta(days=int(share * (room + 1)))
        if scenario.start is not None:
            return self._pinned(scenario.start, day, last)
        while self._wishes.starts_per_day and self._begun.get(day, 0) >= self._wishes.starts_per_day:
            day += timedelta(days=1)
            if day > last:
                return None
        self._begun[day] = self._begun.get(day, 0) + 1
        minute = random.randrange(DAY_BEGINS_H * 60, DAY_ENDS_H * 60)
        return self._policy.midnight(day) + timedelta(minutes=minute)

    def _begins(self, scenario: Scenario) -> date | None:
        """The first day that is any use: the channel it needs is open by then (Q9); None when it never opens."""
        if not scenario.channel:
            return self._wishes.begins
        since = opens(self._policy, scenario.channel)
        return max(self._policy.local(since).date(), self._wishes.begins) if since else None

    def _pinned(self, start: StartDay, day: date, last: date) -> datetime | None:
        """The scenario's day of the month on or after `day`, or the last one that still ends in the campaign."""
        months = [self._of_month(start, self._wishes.begins, ahead) for ahead in range(24)]
        possible = [when for when in months if self._wishes.begins <= when.date() <= last]
        later = [when for when in possible if when.date() >= day]
        return (later or possible[-1:] or [None])[0]  # type: ignore[list-item]

    def _of_month(self, start: StartDay, begins: date, ahead: int) -> datetime:
        first = self._policy.next_first(self._policy.midnight(begins), ahead)
        if start.day == -1:
            day = self._policy.next_first(first) - timedelta(days=1)
        else:
            day = first + timedelta(days=start.day - 1)
        return day.replace(hour=start.time.hour, minute=start.time.minute)


def dials_by_service(
    cases: Iterable[PlannedCase], scenarios: Mapping[str, Scenario], numbers: Mapping[str, Number]
) -> dict[str, int]:
    """How many independent dials of each service order it: what the power to see intermittent fraud counts (D1)."""
    dials: dict[str, int] = {}
    for case in cases:
        scenario = scenarios.get(case.scenario)
        if scenario is not None and not is_own(case, numbers):
            dials[case.service] = dials.get(case.service, 0) + scenario.orders
    return dials


def is_own(case: PlannedCase, numbers: Mapping[str, Number]) -> bool:
    """Whether a provider's own number dials it, which counts as nobody's coverage (D1)."""
    return case.msisdn in numbers and numbers[case.msisdn].team == "provider"


def teams_by_service(cases: Iterable[PlannedCase], numbers: Mapping[str, Number]) -> dict[str, frozenset[str]]:
    """The independent teams that dial each service (D1)."""
    teams: dict[str, set[str]] = {}
    for case in cases:
        if case.msisdn in numbers and not is_own(case, numbers) and not numbers[case.msisdn].control:
            teams.setdefault(case.service, set()).add(numbers[case.msisdn].team)
    return {service: frozenset(found) for service, found in teams.items()}
