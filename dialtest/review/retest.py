"""Plans the retests of a rectified breach (D3): the scenario that found it again, on numbers that never dialled it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, cycle, islice
from random import Random

from sqlalchemy import select

from dialtest.campaign.companion import companion_of
from dialtest.campaign.plan import DAY_BEGINS_H, DAY_ENDS_H, PlannedCase
from dialtest.campaign.planbook import amend_plan, keep_plan, planned_cases
from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.folder.campaign import Campaign
from dialtest.language import _
from dialtest.model.number import Number
from dialtest.review.likely_share import likely_share
from dialtest.review.matter_file import MatterFile
from dialtest.script.scenario import Scenario, StartDay
from dialtest.standing.power import dials_needed

MARK = "retest"
_RETEST = re.compile(rf".*\.{MARK}-[0-9]{{2,}}")
FALLBACK_DAYS = 90
MOST_DAYS_LATER = 60
MOST_RETESTS = 12
"""Where the market's policy says nothing of retests."""


def is_retest(case: str) -> bool:
    """Whether a case of this name is a retest."""
    return _RETEST.fullmatch(case) is not None


@dataclass(frozen=True, slots=True)
class Finder:
    """What found the matter: a scenario, dialling a service (its key; a breach may be another service's)."""

    service: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Retests:
    """Cases to add to the plan, and cases planned for later whose numbers they use before."""

    cases: tuple[PlannedCase, ...]
    amended: tuple[PlannedCase, ...]


def plan_retests(campaign: Campaign, journal: Journal, file: MatterFile, at: datetime) -> Retests:
    """The retests to add to the plan, the first `retest_after_days` after `at`, one a day; nothing is kept here.

    One that finds no free number waits for one, up to 60 days. There are as many as it takes to meet the fault with
    95 % if it still struck as often as before, within the policy's bounds.
    Raises DialtestError where no scenario that found it can be dialled any more, or numbers are short.
    """
    planned = planned_cases(journal, campaign.policy)
    finders = _finders(campaign, journal, file)
    wanted = _how_many(campaign, journal, file, at)
    numbers = _Numbers(campaign, planned, frozenset(_begun(journal)))
    names = {case.case for case in planned}
    retests = []
    for day, finder in enumerate(islice(cycle(finders), wanted)):
        scenario = campaign.scenarios[finder.scenario]
        name = next(name for name in _names(finder) if name not in names)
        names.add(name)
        starts = (_start(campaign, scenario, at, day + later, name) for later in range(MOST_DAYS_LATER + 1))
        retests.append(numbers.take(_retest(campaign, name, finder), scenario, starts))
    return Retests(tuple(retests), tuple(numbers.amended.values()))


def keep_retests(journal: Journal, retests: Retests) -> None:
    """Add retests to the kept plan."""
    keep_plan(journal, retests.cases)
    amend_plan(journal, retests.amended)


def dialable(campaign: Campaign, journal: Journal, cases: Iterable[str]) -> list[str]:
    """Those of the planned `cases` whose services, number and scenario are still in the campaign."""
    wanted = set(cases)
    return [
        case.case
        for case in planned_cases(journal, campaign.policy)
        if case.case in wanted
        and campaign.services.keys() >= set(case.services)
        and case.msisdn in campaign.numbers
        and case.scenario in campaign.scenarios
    ]


def _begun(journal: Journal) -> list[str]:
    with journal.reading() as connection:
        return list(connection.execute(select(schema.cases.c.case)).scalars())


def _finders(campaign: Campaign, journal: Journal, file: MatterFile) -> list[Finder]:
    """Scenarios and services that found it, the one that found most first."""
    cases = {finding.case for finding in file.findings}
    table = schema.cases.c
    query = select(table.case, table.provider_code, table.service_code, table.scenario)
    with journal.reading() as connection:
        rows = connection.execute(query.where(table.case.in_(sorted(cases)))).all()
    found = Counter(Finder(f"{row.provider_code}/{row.service_code}", row.scenario) for row in rows)
    usable = [
        finder
        for finder, _times in sorted(found.items(), key=lambda item: (-item[1], item[0].scenario, item[0].service))
        if finder.service in campaign.services and finder.scenario in campaign.scenarios
    ]
    if not usable:
        raise DialtestError(
            _("Nothing that found matter {id} can be dialled again.").format(id=file.key.id),
            _("Put the service back into the catalogue, or the scenario into scenarios/; results imported need one."),
        )
    return usable


def _retest(campaign: Campaign, name: str, finder: Finder) -> PlannedCase:
    """A retest that has neither number nor time yet."""
    service = campaign.services[finder.service]
    siblings = (one for one in campaign.services.values() if one.provider_code == service.provider_code)
    companion = companion_of(campaign.scenarios[finder.scenario], service, siblings)
    return PlannedCase(name, service.key, finder.scenario, "", campaign.begins, companion=companion)


def _how_many(campaign: Campaign, journal: Journal, file: MatterFile, at: datetime) -> int:
    review = campaign.policy.terms(at).review
    needed = dials_needed(likely_share(journal, file))
    least, most = (review.retests_least, review.retests_most) if review else (1, MOST_RETESTS)
    return max(least, min(needed, most))


def _names(finder: Finder) -> Iterator[str]:
    stem = f"{finder.service.replace('/', '.')}.{finder.scenario}.{MARK}"
    return (f"{stem}-{number:02d}" for number in count(1))


def _start(campaign: Campaign, scenario: Scenario, at: datetime, day: int, name: str) -> datetime:
    """The time of day is drawn for the case; a scenario pinned to a day of the month waits for it."""
    policy = campaign.policy
    review = policy.terms(at).review
    first = policy.local(at).date() + timedelta(days=(review.retest_after_days if review else 1) + day)
    if scenario.start is not None:
        return _pinned(campaign, scenario.start, policy.midnight(first))
    minute = Random(f"{campaign.settings.seed}/{name}").randrange(DAY_BEGINS_H * 60, DAY_ENDS_H * 60)
    return policy.midnight(first) + timedelta(minutes=minute)


def _pinned(campaign: Campaign, start: StartDay, earliest: datetime) -> datetime:
    for ahead in count():
        first = campaign.policy.next_first(earliest, ahead)
        days = (campaign.policy.next_first(first) - first).days
        day = first + timedelta(days=(days if start.day == -1 else start.day) - 1)
        starts_at = day.replace(hour=start.time.hour, minute=start.time.minute)
        if starts_at >= earliest:
            return starts_at
    raise AssertionError("months never end")


class _Numbers:
    """Numbers with room for a retest: nothing else runs meanwhile, and nothing already recorded comes after it.

    Cases planned for later and not begun learn that their number dialled the service before: `amended` has them.
    """

    def __init__(self, campaign: Campaign, planned: Sequence[PlannedCase], begun: frozenset[str]) -> None:
        self._numbers = campaign.numbers
        self._begun = begun
        self._lasts = {scenario.name: scenario.lasts_days for scenario in campaign.scenarios.values()}
        self._cases: dict[str, list[PlannedCase]] = {}
        for case in planned:
            self._cases.setdefault(case.msisdn, []).append(case)
        self.amended: dict[str, PlannedCase] = {}

    def take(self, wanted: PlannedCase, scenario: Scenario, starts: Iterable[datetime]) -> PlannedCase:
        """The wanted retest, at the first of `starts` that suits a number which never orders its services."""
        known = list(starts)
        for starts_at in known:
            timed = replace(wanted, starts_at=starts_at)
            fitting = self._with_room(scenario, timed)
            if fitting:
                return self._add(timed, min(fitting, key=self._use))
        raise DialtestError(
            _("No test number that never dialled {service} is free from {day} to {last}.").format(
                day=f"{known[0]:%Y-%m-%d}", last=f"{known[-1]:%Y-%m-%d}", service=wanted.service
            ),
            _("Add numbers to the file of test numbers, or give a later --at."),
        )

    def _use(self, number: Number) -> tuple[int, str]:
        return len(self._cases.get(number.msisdn, ())), number.msisdn

    def _add(self, wanted: PlannedCase, number: Number) -> PlannedCase:
        others = self._cases.setdefault(number.msisdn, [])
        earlier = tuple(key for case in others if case.starts_at < wanted.starts_at for key in case.services)
        for case in others:
            if case.starts_at > wanted.starts_at:
                known = self.amended.get(case.case, case)
                self.amended[case.case] = replace(known, earlier=(*known.earlier, *wanted.services))
        retest = replace(wanted, msisdn=number.msisdn, earlier=earlier)
        others.append(retest)
        return retest

    def _fitting(self, scenario: Scenario) -> Iterable[Number]:
        """Independent numbers (D1), control numbers for a watch and others for the rest."""
        numbers = self._numbers.values()
        return (number for number in numbers if number.team != "provider" and number.control == scenario.control)

    def _with_room(self, scenario: Scenario, wanted: PlannedCase) -> list[Number]:
        return [one for one in self._fitting(scenario) if self._has_room(one, wanted)]

    def _has_room(self, number: Number, wanted: PlannedCase) -> bool:
        ends_at = self._end(wanted)
        return all(
            not set(case.services) & set(wanted.services)
            and (self._end(case) < wanted.starts_at or (case.starts_at > ends_at and case.case not in self._begun))
            for case in self._cases.get(number.msisdn, ())
        )

    def _end(self, case: PlannedCase) -> datetime:
        return case.starts_at + timedelta(days=self._lasts.get(case.scenario, FALLBACK_DAYS))
