"""Reads what judging left in the journal: findings, and verdicts by case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from dialtest.campaign.judging import findings, verdicts_in
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.model.finding import Finding, Verdict


def recorded_findings(journal: Journal, until: datetime) -> tuple[Finding, ...]:
    """Every finding due before `until`, by (due, provider, service, rule, case)."""
    due = [finding for finding in findings(journal) if finding.due_at < until]
    return tuple(sorted(due, key=lambda finding: (finding.due_at, *finding.key)))


def recorded_verdicts(journal: Journal) -> dict[str, Mapping[str, Verdict]]:
    """The verdict of every rule that applied, by case."""
    table = schema.judgements
    with journal.reading() as connection:
        rows = connection.execute(select(table.c.case, table.c.verdicts)).all()
    return {case: verdicts_in(verdicts, case) for case, verdicts in rows}
