"""Reads what judging left in the journal: findings, and verdicts by case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, select

from dialtest.campaign.judging import findings
from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.model.finding import Finding, Verdict


def recorded_findings(journal: Journal, until: datetime) -> tuple[Finding, ...]:
    """Every finding due before `until`, by (due, provider, service, rule, case)."""
    due = [finding for finding in findings(journal) if finding.due_at < until]
    return tuple(sorted(due, key=lambda finding: (finding.due_at, *finding.key)))


def recorded_verdicts(journal: Journal) -> dict[str, dict[str, Verdict]]:
    """The verdict of every rule that applied, by case."""
    table = schema.judgements
    rows = _rows(journal, select(table.c.case, table.c.verdicts))
    return {case: _decoded(verdicts, dict[str, Verdict], case) for case, verdicts in rows}


def _rows(journal: Journal, query: Select[Any]) -> list[Any]:
    with journal.reading() as connection:
        return list(connection.execute(query))


def _decoded(text: str, kind: Any, what: str) -> Any:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise DialtestError(
            f"The journal's judgement of {what} cannot be read: {error}.", "Run `dialtest judge` on the campaign again."
        ) from None
