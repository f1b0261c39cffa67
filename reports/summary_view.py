"""What the final summary says (D9), as data: course, measures, results, before and after, side effects (D10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dialtest.clock import Week
from dialtest.errors import DialtestError
from dialtest.evidence.seal import Seal
from dialtest.folder.halls import HallDelay
from dialtest.folder.papers import Papers
from dialtest.folder.service_checks import ServiceCheck
from dialtest.folder.tasks import TaskStanding, TaskStatus, counted
from dialtest.language import _
from dialtest.model.finding import BREACH_CLASSES, BreachClass, Finding
from dialtest.policy.phases import Phase
from dialtest.policy.policy import Policy
from dialtest.review.credit import Credit, credit_accounts
from dialtest.standing.connection_rate import ConnectionRate, connection_rates
from reports import complaints
from reports.before_after import BeforeAfter, before_after
from reports.bills import PaidBack
from reports.case_summary import CaseSummary
from reports.complaints import ComplaintCounts
from reports.coverage import Coverage, coverage
from reports.early_calls import early_calls
from reports.matter import Rate
from reports.months import MonthRates, classes_met, month_rates
from reports.reading import read_campaign
from reports.review_states import ReviewCounts, refund_due_fen, review_counts
from reports.side_effects import MonthEffects, month_effects
from reports.source import Source
from reports.teams import Teams, teams


@dataclass(frozen=True, slots=True)
class PhaseCourse:
    """What happened in one phase: dials begun, findings due, tasks by status."""

    phase: Phase
    dials: int
    findings: int
    tasks: Mapping[TaskStatus, int]


@dataclass(frozen=True, slots=True)
class BreachTotal:
    """One breach class over the whole campaign."""

    breach: BreachClass
    findings: int
    matters: int
    services: int
    providers: int


@dataclass(frozen=True, slots=True)
class Refunds:
    """Money that came back to the test numbers, in fen, and what the findings say was due."""

    due_fen: int
    refund_fen: int
    double_return_fen: int
    goodwill_fen: int

    @property
    def paid_fen(self) -> int:
        return self.refund_fen + self.double_return_fen + self.goodwill_fen


@dataclass(frozen=True)
class SummaryView:
    """Everything the summary shows, as the journal and the papers stood at the end of day `on`."""

    campaign: str
    policy: Policy
    seed: int
    starts: date
    ends: date
    on: date
    seal: Seal | None
    unjudged: int
    names: Mapping[str, str]
    coverage: Coverage
    teams: Teams
    course: tuple[PhaseCourse, ...]
    breaches: tuple[BreachTotal, ...]
    review: ReviewCounts
    months: tuple[MonthRates, ...]
    compared: BeforeAfter
    credit: Mapping[str, Credit]
    complaints: ComplaintCounts
    answer_within_h: int
    connection: tuple[ConnectionRate, ...]
    early_calls: Rate
    refunds: Refunds
    effects: tuple[MonthEffects, ...]
    checks: tuple[ServiceCheck, ...]
    tasks: tuple[TaskStanding, ...]
    task_counts: Mapping[TaskStatus, int]
    halls: tuple[HallDelay, ...]
    hall_count: int
    rule_count: int
    rule_versions: Mapping[str, int]

    @property
    def findings(self) -> int:
        return sum(row.findings for row in self.breaches)

    @property
    def matters(self) -> int:
        return sum(row.matters for row in self.breaches)


def summary_view(
    source: Source, papers: Papers, cities: Sequence[str], starts: date, ends: date, on: date
) -> SummaryView:
    """The view of a campaign from `starts` to `ends` as it stood at the end of day `on`.

    Raises DialtestError when nothing had been dialled by then.
    """
    policy = source.policy
    until = policy.midnight(on + timedelta(days=1))
    reading = read_campaign(source, until)
    findings, cases = tuple(reading.findings), tuple(reading.cases)
    if not cases:
        raise DialtestError(_("Nothing was dialled so far."), _("Run the campaign first: dialtest run DIR."))
    met = classes_met(findings)
    files = reading.files
    standings = papers.tasks(policy, on)
    complaint_terms = policy.terms(policy.midnight(starts)).complaint
    credit = credit_accounts(source.journal, files, policy, policy.midnight(starts), Week.of(on))
    return SummaryView(
        campaign=source.name,
        policy=policy,
        seed=source.seed,
        starts=starts,
        ends=ends,
        on=on,
        seal=reading.seal,
        unjudged=sum(case.closed_at is not None and case.case not in reading.verdicts for case in cases),
        names=_names(source, cases),
        coverage=coverage(source.services, cases, policy.midnight(starts)),
        teams=teams(findings, cases),
        course=_course(policy, cases, findings, standings),
        breaches=_breaches(findings),
        review=review_counts(files, None, until),
        months=month_rates(cases, met, policy),
        compared=before_after(cases, met, policy, starts, ends),
        credit={account.provider_code: account for account in credit},
        complaints=complaints.counted(reading.complaints, until),
        answer_within_h=complaint_terms.answer_within_h if complaint_terms else 0,
        connection=connection_rates(reading.calls, policy, until),
        early_calls=early_calls(reading.calls),
        refunds=_refunds(refund_due_fen(files, until), reading.bills.paid_back()),
        effects=month_effects(
            reading.bills.fees(),
            reading.bills.paid_back(),
            reading.orders,
            [check for check in papers.checks if check.on <= on],
            policy,
        ),
        checks=tuple(check for check in papers.checks if check.on <= on),
        tasks=standings,
        task_counts=counted(standings),
        halls=papers.delays(policy, on, cities),
        hall_count=len(papers.halls),
        rule_count=len(source.rules),
        rule_versions={finding.rule: finding.rule_version for finding in findings},
    )


def _names(source: Source, cases: Sequence[CaseSummary]) -> dict[str, str]:
    return {
        service.provider_code: service.provider_name
        for service in (*source.services.values(), *(case.service for case in cases))
    }


def _course(
    policy: Policy, cases: Sequence[CaseSummary], findings: Sequence[Finding], standings: Sequence[TaskStanding]
) -> tuple[PhaseCourse, ...]:
    rows = []
    for phase in policy.phases:
        begins, ends = policy.midnight(phase.starts), policy.midnight(phase.ends + timedelta(days=1))
        rows.append(
            PhaseCourse(
                phase,
                sum(case.independent and begins <= case.opened_at < ends for case in cases),
                sum(begins <= finding.due_at < ends for finding in findings),
                counted([one for one in standings if one.phase is phase]),
            )
        )
    return tuple(rows)


def _breaches(findings: Sequence[Finding]) -> tuple[BreachTotal, ...]:
    counts = Counter(finding.breach for finding in findings)
    keys = {(finding.breach, *finding.key[:3]) for finding in findings}
    return tuple(
        BreachTotal(
            breach,
            counts[breach],
            sum(key[0] == breach for key in keys),
            len({key[1:3] for key in keys if key[0] == breach}),
            len({key[1] for key in keys if key[0] == breach}),
        )
        for breach in BREACH_CLASSES
    )


def _refunds(due_fen: int, lines: Sequence[PaidBack]) -> Refunds:
    fen: Counter[str] = Counter()
    for line in lines:
        fen[line.kind] += line.amount_fen
    return Refunds(due_fen, fen["refund"] + fen["all_fees"], fen["double_return"], fen["goodwill"])
