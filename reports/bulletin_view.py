"""What the half-month bulletin says (D6), as data: one page for the regulator and the group company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.errors import DialtestError
from dialtest.evidence.seal import Seal
from dialtest.folder.halls import HallDelay
from dialtest.folder.papers import Papers
from dialtest.folder.tasks import TaskStanding, TaskStatus, counted
from dialtest.language import _
from dialtest.model.finding import BREACH_CLASSES, SEVERITIES, BreachClass, Finding, Severity
from dialtest.policy.phases import Phase, phases_on
from dialtest.policy.policy import Policy
from dialtest.review.credit import CARRIERS_OWN
from dialtest.standing.connection_rate import ConnectionRate, connection_rates
from reports import complaints
from reports.bills import PaidBack
from reports.case_summary import CaseSummary
from reports.complaints import ComplaintCounts, ComplaintMade
from reports.early_calls import early_calls
from reports.half_month import HalfMonth
from reports.matter import Rate
from reports.reading import Reading, read_campaign
from reports.review_states import ReviewCounts, review_counts
from reports.source import Source

PROVIDERS_SHOWN = 6
PAPERS_SHOWN = 2
TYPICAL_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Dials begun, and services and providers they were of, by independent teams (D1)."""

    dials: int
    services: int
    providers: int


@dataclass(frozen=True, slots=True)
class BreachRow:
    """Findings of one breach class that became due in this half month, the one before, and to date.

    `services` counts those found against in this half month.
    """

    breach: BreachClass
    now: int
    before: int
    to_date: int
    services: int


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider's half month: dials begun, findings, and complaints about its services."""

    code: str
    name: str
    dials: int
    findings: int
    critical: int
    complaints: ComplaintCounts


@dataclass(frozen=True, slots=True)
class Typical:
    """All findings of one rule against one service that became due in the half month."""

    provider: str
    service: str
    rule: str
    severity: Severity
    cases: int


@dataclass(frozen=True, slots=True)
class HalfCount:
    """Findings that became due in one half month, by breach class."""

    half: HalfMonth
    findings: Mapping[BreachClass, int]


@dataclass(frozen=True)
class BulletinView:
    """Everything the bulletin of `half` shows, as things stood at its end.

    `more_providers` are left out of `providers`; `paid_back_fen` is what the test numbers got back in the half month.
    """

    campaign: str
    policy: Policy
    half: HalfMonth
    number: int
    seal: Seal | None
    unjudged: int
    now: Period
    to_date: Period
    services: int
    all_providers: int
    breaches: tuple[BreachRow, ...]
    review: ReviewCounts
    trend: tuple[HalfCount, ...]
    typical: tuple[Typical, ...]
    providers: tuple[ProviderRow, ...]
    more_providers: int
    complaints: ComplaintCounts
    complaints_to_date: ComplaintCounts
    answer_within_h: int
    connection: tuple[ConnectionRate, ...]
    early_calls: Rate
    paid_back_fen: int
    phases: tuple[Phase, ...]
    tasks: Mapping[TaskStatus, int]
    done_now: tuple[TaskStanding, ...]
    overdue: tuple[TaskStanding, ...]
    next_due: tuple[TaskStanding, ...]
    halls: tuple[HallDelay, ...]
    has_halls: bool

    papers_shown = PAPERS_SHOWN

    @property
    def findings_before(self) -> int:
        return sum(row.before for row in self.breaches)

    @property
    def most_found(self) -> BreachRow:
        """The breach class with most findings in this half month."""
        return max(self.breaches, key=lambda row: row.now)

    @property
    def findings(self) -> int:
        return sum(row.now for row in self.breaches)

    @property
    def findings_to_date(self) -> int:
        return sum(row.to_date for row in self.breaches)


def bulletin_view(
    source: Source, papers: Papers, cities: Sequence[str], half: HalfMonth, reading: Reading | None = None
) -> BulletinView:
    """The view of one half month in the policy's zone, as things stood at its end.

    `reading`: of the journal up to then or later, where one was made already. Raises DialtestError when nothing had
    been dialled by then.
    """
    policy = source.policy
    starts, ends = half.start(policy.zone), half.end(policy.zone)
    reading = reading or read_campaign(source, ends)
    findings, cases = reading.findings_until(ends), reading.cases_until(ends)
    if not cases:
        problem = _("Nothing was dialled before the end of {half}.").format(half=half)
        raise DialtestError(problem, _("Choose a later half month."))
    made = [one for one in reading.complaints if one.made_at < ends]
    calls = [call for call in reading.calls if starts <= call.at < ends]
    complaints_now = [one for one in made if one.made_at >= starts]
    providers = _providers(source, findings, cases, complaints_now, starts, ends)
    standings = papers.tasks(policy, half.last_day)
    complaint_terms = policy.terms(starts).complaint
    return BulletinView(
        campaign=source.name,
        policy=policy,
        half=half,
        number=half.number_since(policy.starts),
        seal=reading.seal,
        unjudged=sum(case.closed_at is not None and case.case not in reading.verdicts for case in cases),
        now=_period([case for case in cases if case.opened_at >= starts]),
        to_date=_period(cases),
        services=len(source.services),
        all_providers=len({service.provider_code for service in source.services.values()}),
        breaches=_breaches(findings, starts, half.previous.start(policy.zone)),
        review=review_counts(reading.files, starts, ends),
        trend=_trend(findings, half, policy),
        typical=_typical(findings, _names(source, cases), starts),
        providers=providers[:PROVIDERS_SHOWN],
        more_providers=len(providers[PROVIDERS_SHOWN:]),
        complaints=complaints.counted(complaints_now, ends),
        complaints_to_date=complaints.counted(made, ends),
        answer_within_h=complaint_terms.answer_within_h if complaint_terms else 0,
        connection=connection_rates(calls, policy, starts),
        early_calls=early_calls(calls),
        paid_back_fen=_paid_back_fen(reading.bills.paid_back(ends), starts, ends),
        phases=phases_on(policy.phases, half.last_day),
        tasks=counted(standings),
        done_now=tuple(one for one in standings if one.done and one.done.done_on >= half.first_day),
        overdue=tuple(one for one in standings if one.status == "overdue"),
        next_due=tuple(one for one in standings if one.status == "due" and one.task.due <= half.next.last_day),
        halls=papers.delays(policy, half.last_day, cities),
        has_halls=bool(papers.halls),
    )


def _period(cases: Sequence[CaseSummary]) -> Period:
    independent = [case for case in cases if case.independent]
    services = {case.service.key for case in independent}
    return Period(len(independent), len(services), len({key.partition("/")[0] for key in services}))


def _breaches(findings: Sequence[Finding], starts: datetime, before: datetime) -> tuple[BreachRow, ...]:
    rows = []
    for breach in BREACH_CLASSES:
        found = [finding for finding in findings if finding.breach == breach]
        now = [finding for finding in found if finding.due_at >= starts]
        earlier = sum(before <= finding.due_at < starts for finding in found)
        services = {finding.key[:2] for finding in now}
        rows.append(BreachRow(breach, len(now), earlier, len(found), len(services)))
    return tuple(rows)


def _trend(findings: Sequence[Finding], half: HalfMonth, policy: Policy) -> tuple[HalfCount, ...]:
    """Every half month of the campaign up to this one."""
    halves = [half]
    while halves[0].first_day > policy.starts and len(halves) < 24:
        halves.insert(0, halves[0].previous)
    counts = {one: dict.fromkeys(BREACH_CLASSES, 0) for one in halves}
    for finding in findings:
        due_in = counts.get(HalfMonth.of(policy.local(finding.due_at)))
        if due_in is not None:
            due_in[finding.breach] += 1
    return tuple(HalfCount(one, count) for one, count in counts.items())


def _providers(
    source: Source,
    findings: Sequence[Finding],
    cases: Sequence[CaseSummary],
    made: Sequence[ComplaintMade],
    starts: datetime,
    ends: datetime,
) -> tuple[ProviderRow, ...]:
    """Those found against or complained of in this half month, most findings first, then complaints, then code.

    What the carrier itself failed in is no provider's.
    """
    names = _names(source, cases)
    now = [finding for finding in findings if finding.due_at >= starts and finding.breach != CARRIERS_OWN]
    found = Counter(finding.provider_code for finding in now)
    critical = Counter(finding.provider_code for finding in now if finding.severity == "critical")
    dials = Counter(case.service.provider_code for case in cases if case.independent and case.opened_at >= starts)
    about = Counter(one.provider_code for one in made)
    rows = [
        ProviderRow(
            code,
            names.get(code, ""),
            dials[code],
            found[code],
            critical[code],
            complaints.counted([one for one in made if one.provider_code == code], ends),
        )
        for code in {*found, *about}
    ]
    return tuple(sorted(rows, key=lambda row: (-row.findings, -row.critical, -row.complaints.made, row.code)))


def _names(source: Source, cases: Sequence[CaseSummary]) -> dict[str, str]:
    """Names of providers by code and of services by key."""
    names: dict[str, str] = {}
    for service in (*source.services.values(), *(case.service for case in cases)):
        names[service.provider_code] = service.provider_name
        names[service.key] = service.name
    return names


def _typical(findings: Sequence[Finding], names: Mapping[str, str], starts: datetime) -> tuple[Typical, ...]:
    """The most harmful of the half month: severity, then cases, then codes; no two of one provider."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.due_at >= starts:
            groups.setdefault(finding.key[:3], []).append(finding)
    ordered = sorted(groups.items(), key=lambda item: (-SEVERITIES.index(item[1][0].severity), -len(item[1]), item[0]))
    firsts = {key[0]: (key, found) for key, found in reversed(ordered)}
    worst = [entry for entry in ordered if firsts[entry[0][0]][0] == entry[0]]
    return tuple(
        Typical(
            names.get(provider, provider),
            names.get(f"{provider}/{service}", service),
            rule,
            found[0].severity,
            len(found),
        )
        for (provider, service, rule), found in worst[:TYPICAL_SHOWN]
    )


def _paid_back_fen(lines: Sequence[PaidBack], starts: datetime, ends: datetime) -> int:
    return sum(line.amount_fen for line in lines if starts <= line.at < ends)
