"""One pass over a whole journal, from which a report of any earlier day can be made without another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.evidence.record import AnyRecord
from dialtest.evidence.seal import Seal, last_seal
from dialtest.model.finding import Finding, Verdict
from dialtest.policy.policy import Policy
from dialtest.review.matter_file import MatterFile, matter_files
from dialtest.standing.agent_call import AgentCall, agent_calls
from reports.bills import Bills
from reports.case_summary import CaseSummary, as_it_stood, case_summaries
from reports.complaints import ComplaintMade, complaints_of
from reports.recorded import recorded_findings, recorded_verdicts
from reports.side_effects import OrderKept, order_kept
from reports.source import Source


@dataclass(frozen=True)
class Reading:
    """Everything bulletins and summary are made from; `until` hides what came later."""

    cases: Sequence[CaseSummary]
    findings: Sequence[Finding]
    verdicts: Mapping[str, Mapping[str, Verdict]]
    complaints: Sequence[ComplaintMade]
    calls: Sequence[AgentCall]
    orders: Sequence[OrderKept]
    bills: Bills
    files: Sequence[MatterFile]
    seal: Seal | None

    def cases_until(self, until: datetime) -> tuple[CaseSummary, ...]:
        """The cases opened before then, as they stood."""
        return tuple(as_it_stood(case, until) for case in self.cases if case.opened_at < until)

    def findings_until(self, until: datetime) -> tuple[Finding, ...]:
        """The findings due before then, oldest first."""
        return tuple(finding for finding in self.findings if finding.due_at < until)


class _Looked:
    """What the pass brings beside the cases' summaries."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.bills = Bills()
        self.complaints: list[ComplaintMade] = []
        self.calls: list[AgentCall] = []
        self.orders: list[OrderKept] = []

    def look(self, records: Sequence[AnyRecord]) -> None:
        self.bills.look(records)
        self.complaints += complaints_of(records, self._policy)
        self.calls += agent_calls(records, self._policy)
        order = order_kept(records, self._policy)
        if order is not None:
            self.orders.append(order)


def read_campaign(source: Source, until: datetime) -> Reading:
    """The reading of everything recorded before `until`."""
    findings = recorded_findings(source.journal, until)
    verdicts = recorded_verdicts(source.journal)
    looked = _Looked(source.policy)
    cases = tuple(case_summaries(source.journal, until, verdicts, findings, looked.look))
    return Reading(
        cases,
        findings,
        verdicts,
        looked.complaints,
        looked.calls,
        looked.orders,
        looked.bills,
        matter_files(source.journal),
        last_seal(source.journal),
    )
