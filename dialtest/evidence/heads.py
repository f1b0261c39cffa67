"""Where every case's chain ends, read page by page."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Subquery, bindparam, func, select

from dialtest.evidence import schema

PAGE_CASES = 2_000


def ends_after() -> Subquery:
    """The next cases after the one named by the parameter `after`, by name, each with the number of its last record."""
    records = schema.records.c
    return (
        select(records.case, func.max(records.seq).label("seq"))
        .where(records.case > bindparam("after"))
        .group_by(records.case)
        .order_by(records.case)
        .limit(PAGE_CASES)
        .subquery()
    )


def every_head(connection: Connection) -> Iterator[tuple[str, int, bytes]]:
    """Each case by name, the number of its records, and the hash of the last."""
    records, ends = schema.records.c, ends_after()
    page = (
        select(records.case, records.seq + 1, records.hash)
        .join(ends, (records.case == ends.c.case) & (records.seq == ends.c.seq))
        .order_by(records.case)
    )
    after = ""
    while rows := connection.execute(page, {"after": after}).all():
        for case, count, head in rows:
            yield case, count, head
        after = case
