"""Who dialled what: services covered, cases by team, type and scenario, what could not be tested, what is in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from dialtest.campaign.runner import IN_DOUBT
from dialtest.model.number import TEAMS
from dialtest.model.observation import Failure
from dialtest.model.service import SERVICE_TYPES, Service
from reports.case_summary import CaseSummary

MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a coverage table. `cases` and `this_week` count cases begun; `services` those they dialled.

    `of_services` is how many there are to dial (0 where the question makes no sense); the last three split `cases`.
    """

    name: str
    services: int
    of_services: int
    cases: int
    this_week: int
    conclusive: int
    inconclusive: int
    open: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why cases are inconclusive: a code of Failure or the recorded words, quoted texts left out; empty: all others."""

    text: str
    cases: int
    this_week: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A case with a binding act of which nobody knows whether it was done."""

    case: str
    act: str
    service: Service
    team: str
    opened_at: datetime
    this_week: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """`total` counts independent cases only; `own_tests` are the providers' own, which never count (D1)."""

    total: Row
    by_team: tuple[Row, ...]
    by_type: tuple[Row, ...]
    by_scenario: tuple[Row, ...]
    own_tests: int
    imported: int
    not_dialled: tuple[Service, ...]
    reasons: tuple[Reason, ...]
    doubts: tuple[Doubt, ...]

    @property
    def share(self) -> float:
        """The share of services an independent team has dialled, 0…1."""
        return self.total.services / self.total.of_services if self.total.of_services else 0.0


def coverage(services: Mapping[str, Service], cases: Sequence[CaseSummary], starts: datetime) -> Coverage:
    """Coverage of the catalogue's `services` by `cases`; `starts` is when the reported week began."""
    independent = [case for case in cases if case.independent]
    types = Counter[str](service.service_type for service in services.values())
    dialled = {case.service.key for case in independent}
    left = [services[key] for key in sorted(services) if key not in dialled]
    return Coverage(
        total=_row("", independent, services, starts, len(services)),
        by_team=_rows(TEAMS, lambda case: case.team, cases, services, starts, dict.fromkeys(TEAMS, 0)),
        by_type=_rows(SERVICE_TYPES, lambda case: case.service.service_type, independent, services, starts, types),
        by_scenario=_rows(
            sorted({case.scenario for case in independent}), lambda c: c.scenario, independent, services, starts, {}
        ),
        own_tests=sum(case.team == "provider" for case in cases),
        imported=sum(case.origin == "imported" for case in independent),
        not_dialled=tuple(left),
        reasons=_reasons(independent, starts),
        doubts=_doubts(cases, starts),
    )


def _rows(
    names: Iterable[str],
    name_of: Callable[[CaseSummary], str],
    cases: Sequence[CaseSummary],
    services: Mapping[str, Service],
    starts: datetime,
    of_services: Mapping[str, int],
) -> tuple[Row, ...]:
    grouped: dict[str, list[CaseSummary]] = {}
    for case in cases:
        grouped.setdefault(name_of(case), []).append(case)
    rows = (_row(name, grouped.get(name, ()), services, starts, of_services.get(name, 0)) for name in names)
    return tuple(row for row in rows if row.cases or row.of_services)


def _row(
    name: str, cases: Sequence[CaseSummary], services: Mapping[str, Service], starts: datetime, of_services: int
) -> Row:
    return Row(
        name=name,
        services=len({case.service.key for case in cases} & services.keys()),
        of_services=of_services,
        cases=len(cases),
        this_week=sum(case.opened_at >= starts for case in cases),
        conclusive=sum(case.conclusive for case in cases),
        inconclusive=sum(bool(case.reason) for case in cases),
        open=sum(case.closed_at is None for case in cases),
    )


def _reasons(cases: Sequence[CaseSummary], starts: datetime) -> tuple[Reason, ...]:
    """The most frequent reasons; a case counts in the week it ended."""
    ended = [(_kind_of(case.reason), case.closed_at) for case in cases if case.reason and case.closed_at]
    all_, now = Counter(text for text, _ in ended), Counter(text for text, at in ended if at >= starts)
    ordered = sorted(all_.items(), key=lambda counted: (-counted[1], counted[0]))
    rows = [Reason(text, count, now[text]) for text, count in ordered]
    rest = rows[MOST_REASONS:]
    if rest:
        rows[MOST_REASONS:] = [Reason("", sum(row.cases for row in rest), sum(row.this_week for row in rest))]
    return tuple(rows)


def _kind_of(reason: str) -> str:
    """The failure a reason names, else its words without quoted texts and addresses."""
    failure = re.search(r"\bfailed: (\w+)", reason[:1_000])
    if failure and failure[1] in get_args(Failure):
        return failure[1]
    if reason.startswith(IN_DOUBT):
        return "in_doubt"
    return re.sub(r"https?://\S+", "…", re.sub(r"“[^”]*”", "“…”", reason[:1_000]))[:160]


def _doubts(cases: Sequence[CaseSummary], starts: datetime) -> tuple[Doubt, ...]:
    found = [
        Doubt(case.case, case.doubt, case.service, case.team, case.opened_at, case.opened_at >= starts)
        for case in cases
        if case.doubt
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.opened_at, doubt.case)))
