"""Judges a whole journal, as often as wanted, without touching any network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, RowMapping, delete, insert, select

from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Seen
from dialtest.model.finding import Finding
from dialtest.policy.load import parse_policy
from dialtest.policy.policy import Policy
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import Judgement, judge_case
from dialtest.rules.rule import Rule

GROUP_CASES = 2_000


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging a journal gave, in numbers."""

    cases: int
    records: int
    observations: int
    findings: int


def judge_journal(journal: Journal, rules: Sequence[Rule], on_case: Callable[[], None] = lambda: None) -> Judged:
    """Judge every case by `rules`, each under the policy it was dialled with, and keep findings and verdicts anew.

    Earlier findings are replaced in the same transaction, so that readers meet either the old ones or the new.
    """
    policy_of = lru_cache(maxsize=8)(lambda digest: _policy(journal, digest))
    cases = records = observations = found = 0
    group: list[tuple[CaseEvidence, Judgement]] = []
    with journal.writing() as connection:
        connection.execute(delete(schema.findings))
        connection.execute(delete(schema.judgements))
        for case in journal.every_case():
            evidence = CaseEvidence(case, policy_of(case[0].policy))  # type: ignore[union-attr]
            judgement = judge_case(evidence, rules)
            group.append((evidence, judgement))
            cases, records, found = cases + 1, records + len(case), found + len(judgement.findings)
            observations += len(evidence.touched) + sum(isinstance(record, Seen) for record in case)
            on_case()
            if len(group) >= GROUP_CASES:
                _keep(connection, group)
                group.clear()
        _keep(connection, group)
    return Judged(cases, records, observations, found)


def findings(journal: Journal) -> list[Finding]:
    """The findings of the last judging, oldest verdict first."""
    with journal.reading() as connection:
        rows = connection.execute(select(schema.findings)).mappings().all()
    found = [msgspec.convert(_fields(row), Finding) for row in rows]
    return sorted(found, key=lambda finding: (finding.due_at, finding.key))


def _fields(row: RowMapping) -> dict[str, object]:
    """Plain names (the table's own are a subclass of str, which msgspec refuses), the two JSON columns read."""
    fields = {str(name): value for name, value in row.items()}
    return fields | {name: msgspec.json.decode(row[name]) for name in ("facts", "records")}


def _policy(journal: Journal, digest: str) -> Policy:
    return parse_policy(journal.document(digest), f"{digest[:12]}… in the journal")


def _keep(connection: Connection, group: Sequence[tuple[CaseEvidence, Judgement]]) -> None:
    rows = [_row(finding) for _, judgement in group for finding in judgement.findings]
    if rows:
        connection.execute(insert(schema.findings), rows)
    if group:
        connection.execute(insert(schema.judgements), [_verdicts(*judged) for judged in group])


def _row(finding: Finding) -> dict[str, object]:
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


def _verdicts(evidence: CaseEvidence, judgement: Judgement) -> dict[str, str]:
    return {
        "case": judgement.case,
        "judged_until": evidence.ended_at.isoformat(),
        "verdicts": msgspec.json.encode(judgement.verdicts).decode(),
    }
