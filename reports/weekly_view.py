"""What the weekly report says, as data, from the journal, its judgements and the catalogue; no words, no layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from dialtest.clock import Week
from dialtest.errors import DialtestError
from dialtest.evidence.seal import Seal, last_seal
from dialtest.folder.tasks import TaskStanding
from dialtest.model.finding import BREACH_CLASSES, BreachClass, Finding
from dialtest.policy.phases import Phase, phases_on
from dialtest.policy.policy import Policy
from dialtest.review.credit import credit_accounts
from dialtest.review.matter_file import MatterFile, matter_files
from reports.case_summary import CaseSummary, case_summaries
from reports.coverage import Coverage, coverage
from reports.decisions import Key, Review, StillOpen, reviews, still_open
from reports.hotline_page import HotlinePage
from reports.league import Standing, league
from reports.matter import Matter, matters
from reports.recorded import recorded_findings, recorded_verdicts
from reports.source import Source
from reports.teams import Teams, teams
from reports.timeline import TimeLine, time_line

CASES_IN_FULL = 2
CASES_LISTED = 20
MATTERS_IN_FULL = 100
TREND_WEEKS = 10


@dataclass(frozen=True, slots=True)
class ProviderMatters:
    """One provider's matters of the week, most harmful first."""

    provider_code: str
    provider_name: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A finding whose case is told in full."""

    finding: Finding
    team: str
    scenario: str
    time_line: TimeLine


@dataclass(frozen=True, slots=True)
class Detail:
    """A matter with its evidence: a few cases in full, others listed, the rest counted."""

    matter: Matter
    shown: tuple[ShownCase, ...]
    listed: tuple[Finding, ...]
    uncounted: int


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Findings that became due in one week, by breach class."""

    week: Week
    findings: Mapping[BreachClass, int]


@dataclass(frozen=True)
class WeeklyView:
    """Everything the report of `week` shows; `unjudged` counts ended cases that no rule has looked at yet.

    `reviews` say what was decided so far, later weeks' meetings included; `names` are those of providers (by code) and
    services (by key); `tasks` is the plan of phases as it stood at the week's end, `hotline` the page “10086”.
    """

    campaign: str
    policy: Policy
    seed: int
    week: Week
    seal: Seal | None
    unjudged: int
    dials: int
    dials_this_week: int
    decisions: tuple[ProviderMatters, ...]
    reviews: Mapping[Key, Review]
    still_open: tuple[StillOpen, ...]
    names: Mapping[str, str]
    new: tuple[Matter, ...]
    repeated: tuple[Matter, ...]
    fixed: tuple[Matter, ...]
    quiet: tuple[Matter, ...]
    coverage: Coverage
    teams: Teams
    league: tuple[Standing, ...]
    details: tuple[Detail, ...]
    trend: tuple[WeekCount, ...]
    rule_versions: Mapping[str, int]
    findings: tuple[Finding, ...]
    tasks: tuple[TaskStanding, ...] = ()
    hotline: HotlinePage | None = None

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of the campaign that run at the end of the week (D5)."""
        return phases_on(self.policy.phases, self.last_day)

    @property
    def overdue(self) -> tuple[TaskStanding, ...]:
        return tuple(one for one in self.tasks if one.status == "overdue")

    @property
    def first_day(self) -> date:
        return self.week.monday

    @property
    def last_day(self) -> date:
        return date.fromisocalendar(self.week.year, self.week.number, 7)


def weekly_view(
    source: Source, week: Week, tasks: tuple[TaskStanding, ...] = (), hotline: HotlinePage | None = None
) -> WeeklyView:
    """The view of one ISO week in the policy's zone, as things stood at its end.

    Raises DialtestError when nothing had been dialled by then.
    """
    starts, ends = week.start(source.policy.zone), week.end(source.policy.zone)
    findings = recorded_findings(source.journal, ends)
    verdicts = recorded_verdicts(source.journal)
    cases = tuple(case_summaries(source.journal, ends, verdicts, findings))
    if not cases:
        raise DialtestError(f"Nothing was dialled before the end of week {week}.", "Choose a later week.")
    names = _names(source, cases)
    known = matters(findings, cases, week, source.policy, names)
    now = tuple(matter for matter in known if matter.this_week)
    files = matter_files(source.journal)
    independent = [case for case in cases if case.independent]
    return WeeklyView(
        campaign=source.name,
        policy=source.policy,
        seed=source.seed,
        week=week,
        seal=last_seal(source.journal),
        unjudged=sum(case.closed_at is not None and case.case not in verdicts for case in cases),
        dials=len(independent),
        dials_this_week=sum(case.opened_at >= starts for case in independent),
        decisions=_by_provider(now),
        reviews=reviews(files),
        still_open=still_open(files, {matter.key: matter for matter in now}, ends),
        names=names,
        new=tuple(matter for matter in now if matter.status == "new"),
        repeated=tuple(matter for matter in now if matter.status == "repeated"),
        fixed=tuple(matter for matter in known if matter.status == "fixed"),
        quiet=tuple(matter for matter in known if matter.status == "quiet"),
        coverage=coverage(source.services, cases, starts),
        teams=teams(findings, cases),
        league=league(findings, cases, names, starts, _points(source, files, cases, week)),
        details=_details(source, now, cases, ends),
        trend=_trend(findings, week, source.policy),
        rule_versions={finding.rule: finding.rule_version for finding in findings},
        findings=tuple(finding for matter in now for finding in matter.this_week),
        tasks=tasks,
        hotline=hotline,
    )


def _points(source: Source, files: Sequence[MatterFile], cases: Sequence[CaseSummary], week: Week) -> Mapping[str, int]:
    """Credit points by provider at the end of the week (D8)."""
    begins = min(source.policy.midnight(source.policy.starts), *(case.opened_at for case in cases))
    accounts = credit_accounts(source.journal, files, source.policy, begins, week)
    return {account.provider_code: account.points for account in accounts}


def _names(source: Source, cases: Sequence[CaseSummary]) -> dict[str, str]:
    """Names of providers (by code) and services (by key): as dialled, and where never dialled as in the catalogue."""
    names: dict[str, str] = {}
    for service in (*source.services.values(), *(case.service for case in cases)):
        names[service.provider_code] = service.provider_name
        names[service.key] = service.name
    return names


def _by_provider(now: Sequence[Matter]) -> tuple[ProviderMatters, ...]:
    """Providers in the order of their most harmful matter."""
    place = {matter.provider_code: index for index, matter in reversed(list(enumerate(now)))}
    ordered = sorted(now, key=lambda matter: place[matter.provider_code])
    return tuple(
        ProviderMatters(code, next(iter(group := list(found))).provider_name, tuple(group))
        for code, found in groupby(ordered, key=lambda matter: matter.provider_code)
    )


def _details(source: Source, now: Sequence[Matter], cases: Sequence[CaseSummary], ends: datetime) -> tuple[Detail, ...]:
    by_name = {case.case: case for case in cases}
    return tuple(
        _detail(source, matter, by_name, ends, CASES_IN_FULL if place < MATTERS_IN_FULL else 0)
        for place, matter in enumerate(now)
    )


def _detail(source: Source, matter: Matter, cases: Mapping[str, CaseSummary], ends: datetime, in_full: int) -> Detail:
    rest = matter.this_week[in_full:]
    return Detail(
        matter,
        tuple(_shown(source, finding, cases[finding.case], ends) for finding in matter.this_week[:in_full]),
        rest[:CASES_LISTED],
        len(rest[CASES_LISTED:]),
    )


def _shown(source: Source, finding: Finding, case: CaseSummary, ends: datetime) -> ShownCase:
    told = time_line(source.journal, finding.case, ends, finding.records)
    return ShownCase(finding, case.team, case.scenario, told)


def _trend(findings: Sequence[Finding], week: Week, policy: Policy) -> tuple[WeekCount, ...]:
    """The last weeks up to `week`, beginning no earlier than the campaign."""
    weeks = [week]
    while len(weeks) < TREND_WEEKS and weeks[0].monday > policy.starts:
        weeks.insert(0, weeks[0].previous)
    counts = {one: dict.fromkeys(BREACH_CLASSES, 0) for one in weeks}
    for finding in findings:
        due_in = counts.get(Week.of(policy.local(finding.due_at)))
        if due_in is not None:
            due_in[finding.breach] += 1
    return tuple(WeekCount(one, count) for one, count in counts.items())
