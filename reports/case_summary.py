"""One pass over the journal: what the report must know of each case, so little that thousands fit in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dialtest.campaign.sweeping import SWEEP
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome
from dialtest.model.finding import Finding, Verdict
from dialtest.model.number import Team
from dialtest.model.observation import Bill, Trouble
from dialtest.model.service import Service

FindingKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One case as it stood at the end of the reported week.

    `closed_at` is None for a case still open then; `reason` says why a closed one is inconclusive and is empty
    otherwise; `doubt` is the kind of act of which nobody knows whether it was done, empty if there is none;
    `verdicts` are empty until the case is closed; `billed_fen` is what the bills a finding cites charge for its
    service.
    """

    case: str
    service: Service
    scenario: str
    team: Team
    origin: str
    opened_at: datetime
    closed_at: datetime | None
    reason: str
    doubt: str
    verdicts: Mapping[str, Verdict]
    billed_fen: Mapping[FindingKey, int]

    @property
    def independent(self) -> bool:
        """Whether it counts towards coverage and rates: neither a provider's own test (D1) nor a sweep does."""
        return self.team != "provider" and self.scenario != SWEEP

    @property
    def conclusive(self) -> bool:
        """Whether it ended and could be tested."""
        return self.closed_at is not None and not self.reason


def as_it_stood(case: CaseSummary, until: datetime) -> CaseSummary:
    """A case of the whole journal as it stood at `until`: one that ended later was still open.

    Its doubt and what its bills charge stay those of its end.
    """
    if case.closed_at is None or case.closed_at < until:
        return case
    return replace(case, closed_at=None, reason="", verdicts={})


def case_summaries(
    journal: Journal,
    until: datetime,
    verdicts: Mapping[str, Mapping[str, Verdict]],
    findings: Sequence[Finding],
    look: Callable[[Sequence[AnyRecord]], None] = lambda _: None,
) -> Iterator[CaseSummary]:
    """Every case opened before `until`, by name, with what was recorded of it before `until`.

    `look` sees the records of each on the same pass.
    """
    by_case: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_case[finding.case].append(finding)
    services: dict[Service, Service] = {}
    for records in journal.every_case():
        known = [record for record in records if record.at < until]
        if known and isinstance(known[0], Opened):
            look(known)
            yield _summary(known[0], known, verdicts, by_case, services)


def _summary(
    opened: Opened,
    records: Sequence[AnyRecord],
    verdicts: Mapping[str, Mapping[str, Verdict]],
    findings: Mapping[str, Sequence[Finding]],
    services: dict[Service, Service],
) -> CaseSummary:
    closed = records[-1] if isinstance(records[-1], Closed) else None
    service = services.setdefault(opened.service, opened.service)  # thousands of cases share a few services
    return CaseSummary(
        case=opened.case,
        service=service,
        scenario=opened.scenario,
        team=opened.number.team,
        origin=opened.origin,
        opened_at=opened.at,
        closed_at=closed.at if closed else None,
        reason=closed.reason if closed else "",
        doubt=_doubt(records),
        verdicts=verdicts.get(opened.case, {}) if closed else {},
        billed_fen={finding.key: _billed_fen(records, finding) for finding in findings.get(opened.case, ())},
    )


def _doubt(records: Sequence[AnyRecord]) -> str:
    """The first binding act whose outcome nobody knows; an open case may just be waiting for its last one."""
    pending: Intent | None = None
    for record in records:
        if isinstance(record, Intent):
            pending = record
        elif isinstance(record, Outcome):
            if record.act.binding and isinstance(record.result, Trouble) and record.result.uncertain:
                return _kind(record)
            pending = None
    return _kind(pending) if pending is not None else ""


def _kind(record: Intent | Outcome) -> str:
    return str(record.act.__struct_config__.tag)


def _billed_fen(records: Sequence[AnyRecord], finding: Finding) -> int:
    """What the cited bills charge for the finding's service; bills are cumulative, so the largest sum counts."""
    cited = set(finding.records)
    service = (finding.provider_code, finding.service_code)
    bills = [r.result for r in records if r.seq in cited and isinstance(r, Outcome) and isinstance(r.result, Bill)]
    sums = [
        sum(charge.fee_fen for charge in bill.charges if (charge.provider_code, charge.service_code) == service)
        for bill in bills
    ]
    return max(sums, default=0)
