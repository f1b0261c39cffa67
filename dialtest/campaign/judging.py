"""Judges a whole journal, as often as wanted, without touching any network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, insert, select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import AnyRecord, Opened, Outcome, Seen
from dialtest.language import _
from dialtest.model.finding import Finding, Verdict
from dialtest.model.service import Service
from dialtest.policy.load import parse_policy
from dialtest.policy.policy import Policy
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import Judgement, judge_cases
from dialtest.rules.rule import Rule

GROUP_CASES = 2_000
TOGETHER_CASES = 64
OBSERVED = (Seen, Outcome)

Row = dict[str, Any]


@dataclass(slots=True)
class Judged:
    """What judging a journal gave, in numbers."""

    cases: int = 0
    records: int = 0
    observations: int = 0
    findings: int = 0


class CaseJudge:
    """Judges cases by `rules`, each under the policy it was dialled with, and makes the rows the journal keeps.

    `services` tell the codes of services that a screen shows by name alone. `policy`: one that is at hand already and
    need not be read from the journal.
    """

    def __init__(
        self, journal: Journal, rules: Sequence[Rule], services: Iterable[Service] = (), policy: Policy | None = None
    ) -> None:
        self.counts = Judged()
        self._codes = _codes_by_name(services)
        self._journal = journal
        self._rules = tuple(rules)
        self._policies: dict[str, Policy] = {policy.digest: policy} if policy else {}

    def rows(self, cases: Sequence[Sequence[AnyRecord]]) -> list[tuple[Row, list[Row]]]:
        """For each case, given by its records: the row of verdicts on it, and one row for each finding."""
        evidences = [CaseEvidence(records, self._policy(records[0])) for records in cases]
        judgements = judge_cases(evidences, self._rules)
        for evidence, judgement in zip(evidences, judgements, strict=True):
            self._count(evidence, judgement)
        return [
            (_verdicts(evidence, judgement), [_row(self._named(finding)) for finding in judgement.findings])
            for evidence, judgement in zip(evidences, judgements, strict=True)
        ]

    def _count(self, evidence: CaseEvidence, judgement: Judgement) -> None:
        counts = self.counts
        counts.cases += 1
        counts.records += len(evidence.records)
        counts.observations += len([record for record in evidence.records if type(record) in OBSERVED])
        counts.findings += len(judgement.findings)

    def _named(self, finding: Finding) -> Finding:
        codes = self._codes.get((finding.provider_code, finding.service_code))
        return replace(finding, provider_code=codes[0], service_code=codes[1]) if codes else finding

    def _policy(self, opened: AnyRecord) -> Policy:
        if not isinstance(opened, Opened):
            raise DialtestError(
                f"The case {opened.case} does not begin with its opening record.", "Run `dialtest evidence verify`."
            )
        policy = self._policies.get(opened.policy)
        if policy is None:
            text = self._journal.document(opened.policy)
            policy = self._policies[opened.policy] = parse_policy(text, f"{opened.policy[:12]}… in the journal")
        return policy


def judge_journal(
    journal: Journal,
    rules: Sequence[Rule],
    services: Iterable[Service] = (),
    on_case: Callable[[], None] = lambda: None,
) -> Judged:
    """Judge every case again, and keep findings and verdicts anew.

    Earlier findings are replaced in the same transaction, so that readers meet either the old ones or the new.
    """
    judge = CaseJudge(journal, rules, services)
    verdicts: list[Row] = []
    found: list[Row] = []
    with journal.writing() as connection:
        connection.execute(delete(schema.findings))
        connection.execute(delete(schema.judgements))
        for cases in together(journal.every_case()):
            for judgement, finding_rows in judge.rows(cases):
                verdicts.append(judgement)
                found += finding_rows
                on_case()
            if len(verdicts) >= GROUP_CASES:
                _keep(connection, verdicts, found)
        _keep(connection, verdicts, found)
    return judge.counts


def together(cases: Iterable[Sequence[AnyRecord]]) -> Iterator[list[Sequence[AnyRecord]]]:
    """The cases in portions to judge at once: few enough that what they hold stays at hand from rule to rule."""
    left = iter(cases)
    while portion := list(islice(left, TOGETHER_CASES)):
        yield portion


def _codes_by_name(services: Iterable[Service]) -> dict[tuple[str, str], tuple[str, str]]:
    """From what a finding holds where only names were seen: the service's name beside its provider's name or code."""
    codes = {}
    for service in services:
        for provider in (service.provider_name, service.provider_code):
            codes[provider, service.name] = (service.provider_code, service.service_code)
    return codes


def findings(journal: Journal) -> list[Finding]:
    """The findings of the last judging, oldest verdict first."""
    with journal.reading() as connection:
        rows = connection.execute(select(schema.findings)).mappings().all()
    found = [_finding(row) for row in rows]
    return sorted(found, key=lambda finding: (finding.due_at, finding.key))


def verdicts_in(kept: str, case: str) -> Mapping[str, Verdict]:
    """The verdict of every rule that applied, from a kept judgement. Raises DialtestError for one nobody can read."""
    try:
        return msgspec.json.decode(kept, type=dict[str, Verdict])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DialtestError(
            _("The journal holds a judgement of case {case} that nobody can read: {reason}.").format(
                case=printable(case), reason=printable(str(error), 200)
            ),
            _("Run `dialtest evidence verify`, then `dialtest judge`."),
        ) from None


def _finding(row: RowMapping) -> Finding:
    try:
        return msgspec.convert(_fields(row), Finding)
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
        raise DialtestError(
            _("The journal holds a finding on case {case} that nobody can read: {reason}.").format(
                case=printable(str(row["case"])), reason=printable(str(error), 200)
            ),
            _("Run `dialtest evidence verify`, then `dialtest judge`."),
        ) from None


def _fields(row: RowMapping) -> dict[str, object]:
    """Plain names (the table's own are a subclass of str, which msgspec refuses), the two JSON columns read."""
    fields = {str(name): value for name, value in row.items()}
    return fields | {name: msgspec.json.decode(row[name]) for name in ("facts", "records")}


def _keep(connection: Connection, verdicts: list[Row], found: list[Row]) -> None:
    if found:
        connection.execute(insert(schema.findings), found)
    if verdicts:
        connection.execute(insert(schema.judgements), verdicts)
    found.clear()
    verdicts.clear()


def _row(finding: Finding) -> Row:
    return {
        "provider_code": finding.provider_code,
        "service_code": finding.service_code,
        "rule": finding.rule,
        "case": finding.case,
        "rule_version": finding.rule_version,
        "severity": finding.severity,
        "breach": finding.breach,
        "due_at": finding.due_at.isoformat(),
        "facts": msgspec.json.encode(finding.facts).decode(),
        "records": msgspec.json.encode(finding.records).decode(),
    }


def _verdicts(evidence: CaseEvidence, judgement: Judgement) -> Row:
    return {
        "case": judgement.case,
        "judged_until": evidence.ended_at.isoformat(),
        "verdicts": msgspec.json.encode(judgement.verdicts).decode(),
    }
