"""The plan as it is kept in the journal: once a dial is planned it keeps its number and its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import insert, select, update

from dialtest.campaign.plan import PlannedCase
from dialtest.evidence import schema
from dialtest.evidence.bulk import Bulk
from dialtest.evidence.journal import Journal
from dialtest.policy.policy import Policy


def planned_cases(journal: Journal, policy: Policy) -> tuple[PlannedCase, ...]:
    """The kept plan, in order of start."""
    with journal.reading() as connection:
        rows = connection.execute(select(schema.plan)).all()
    cases = [_case(row._mapping, policy) for row in rows]
    return tuple(sorted(cases, key=lambda case: (case.starts_at, case.case)))


def keep_plan(journal: Journal, cases: Iterable[PlannedCase]) -> None:
    """Add cases to the kept plan; those it already has stay as they are."""
    with journal.writing() as connection:
        known = set(connection.execute(select(schema.plan.c.case)).scalars())
        rows = [_row(case) for case in cases if case.case not in known]
        Bulk(insert(schema.plan), journal.engine).execute_named(connection, rows)


def amend_plan(journal: Journal, cases: Iterable[PlannedCase]) -> None:
    """Write anew which services the numbers of planned cases ordered before; for cases that have not begun alone."""
    with journal.writing() as connection:
        for case in cases:
            earlier = _row(case)["earlier"]
            connection.execute(update(schema.plan).where(schema.plan.c.case == case.case).values(earlier=earlier))


def _row(case: PlannedCase) -> dict[str, str]:
    return {
        "case": case.case,
        "service": case.service,
        "scenario": case.scenario,
        "msisdn": case.msisdn,
        "starts_at": case.starts_at.isoformat(),
        "earlier": msgspec.json.encode(case.earlier).decode(),
        "companion": case.companion,
    }


def _case(row: object, policy: Policy) -> PlannedCase:
    kept = msgspec.convert(dict(row), dict[str, str])  # type: ignore[call-overload]
    return PlannedCase(
        kept["case"],
        kept["service"],
        kept["scenario"],
        kept["msisdn"],
        policy.local(datetime.fromisoformat(kept["starts_at"])),
        tuple(msgspec.json.decode(kept["earlier"], type=tuple[str, ...])),
        kept["companion"],
    )
