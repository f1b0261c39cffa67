"""Seals a journal: one hash over the ends of all its chains, to be printed where nobody can change it later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, func, insert, select

from dialtest.clock import wall_now
from dialtest.evidence import schema
from dialtest.evidence.bulk import Bulk
from dialtest.evidence.heads import ends_after
from dialtest.evidence.journal import Journal, Tampered
from dialtest.evidence.merkle import Root, leaf
from dialtest.evidence.printable import printable
from dialtest.language import _


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal numbered `number` (from 1): the Merkle root, in hexadecimal, over the heads of `cases` cases.

    `at` is a note that no hash covers.
    """

    number: int
    at: datetime
    cases: int
    root: str


def seal(journal: Journal, at: datetime | None = None) -> Seal:
    """Commit and seal all cases, open ones too; where nothing was added since the last seal, that seal.

    at: when; None is the network's time when a case was last opened or closed, the same whenever a run is repeated.
    Raises Tampered, and seals nothing, when a case is missing or shorter than it was sealed: a new seal must not
    cover that up.
    """
    journal.commit()
    root = Root()
    keep = Bulk(insert(schema.sealed_cases), journal.engine)
    known = 0
    with journal.deciding() as connection:
        last = _newest(connection)
        number = last.number + 1 if last else 1
        for page in _pages(connection):
            changed = []
            for row in page:
                root.add(leaf(row.case, row.records, row.head))
                known += row.sealed is not None
                if _has_grown(row):
                    changed.append({"case": row.case, "seal": number, "records": row.records, "head": row.head})
            keep.execute_named(connection, changed)
        _none_missing(connection, number, known)
        if last and last.root == root.digest().hex():
            return last
        made = Seal(number, at or _last_change(connection), root.leaves, root.digest().hex())
        values = {"seal": number, "sealed_at": made.at.isoformat(), "cases": made.cases, "root": root.digest()}
        connection.execute(insert(schema.seals), values)
    return made


def last_seal(journal: Journal) -> Seal | None:
    """The newest seal, if the journal was ever sealed."""
    with journal.reading() as connection:
        return _newest(connection)


def _newest(connection: Connection) -> Seal | None:
    row = connection.execute(select(schema.seals).order_by(schema.seals.c.seal.desc()).limit(1)).first()
    return seal_of(row) if row else None


def seal_of(row: Row[Any]) -> Seal:
    """A row of the table of seals; raises Tampered when it is not one."""
    try:
        return Seal(row.seal, datetime.fromisoformat(row.sealed_at), int(row.cases), bytes(row.root).hex())
    except (TypeError, ValueError):
        raise Tampered(
            _("The row of seal {number} in the journal is changed: it is not what a seal looks like.").format(
                number=printable(str(row.seal), 40)
            ),
            _("Keep the file as it is for examination, and go on with a copy from before."),
        ) from None


def _last_change(connection: Connection) -> datetime:
    cases = schema.cases.c
    changes = connection.execute(select(func.max(cases.opened_at), func.max(cases.closed_at))).one()
    return max((datetime.fromisoformat(at) for at in changes if at), default=wall_now(ZoneInfo("UTC")))


def _pages(connection: Connection) -> Iterator[list[Row[Any]]]:
    after = ""
    while rows := list(connection.execute(heads_beside_seals(), {"after": after})):
        yield rows
        after = rows[-1].case


def heads_beside_seals() -> Select[Any]:
    """The next cases by name: the end of each chain, and what the last seal that names the case says of it."""
    records, sealed, ends = schema.records.c, schema.sealed_cases, ends_after()
    newest = sealed.alias("newest")
    last = select(func.max(newest.c.seal)).where(newest.c.case == records.case).correlate(schema.records)
    return (
        select(
            records.case,
            (records.seq + 1).label("records"),
            records.hash.label("head"),
            sealed.c.records.label("sealed"),
            sealed.c.head.label("sealed_head"),
        )
        .join(ends, (records.case == ends.c.case) & (records.seq == ends.c.seq))
        .outerjoin(sealed, (sealed.c.case == records.case) & (sealed.c.seal == last.scalar_subquery()))
        .order_by(records.case)
    )


def _has_grown(row: Row[Any]) -> bool:
    """Whether the case changed since it was sealed; raises Tampered when it did in a way chains do not."""
    if row.sealed is None or row.records > row.sealed:
        return True
    if row.records < row.sealed or row.head != row.sealed_head:
        raise Tampered(
            _("Case {case} had {sealed} records when it was sealed, and is shorter or rewritten now.").format(
                case=printable(row.case), sealed=row.sealed
            ),
            _("Run `dialtest evidence verify`. Nothing was sealed."),
        )
    return False


def _none_missing(connection: Connection, number: int, known: int) -> None:
    sealed = schema.sealed_cases.c
    before = select(func.count(sealed.case.distinct())).where(sealed.seal < number)
    missing = connection.execute(before).scalar_one() - known
    if missing:
        raise Tampered(
            _("{count} cases that were sealed are not in the journal any more.").format(count=missing),
            _("Run `dialtest evidence verify`. Nothing was sealed."),
        )
