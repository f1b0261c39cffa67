"""Finds how far a run came and what it left open in the journal, and takes the chains of its cases up again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from dialtest.evidence import schema
from dialtest.evidence.chain import link
from dialtest.evidence.journal import CaseChain, Journal, Tampered, decoded
from dialtest.evidence.record import AnyRecord, Intent, Opened, Outcome, Seen, decode
from dialtest.model.act import AnyAct
from dialtest.model.addressee import addressee
from dialtest.model.observation import Bill
from dialtest.model.service import Service


def case_states(journal: Journal) -> Mapping[str, str]:
    """Every case that was dialled and its state; `open` are those to go on with."""
    table = schema.cases
    with journal.reading() as connection:
        rows = connection.execute(select(table.c.case, table.c.state).where(table.c.origin == "dialled"))
        return {case: state for case, state in rows}  # noqa: C416 - a Row is no tuple to the type checker


def take_up(journal: Journal, case: str) -> tuple[CaseChain, list[AnyRecord]]:
    """A case's records in order, and its chain at their end, ready to be appended to. Raises Tampered if broken."""
    table = schema.records
    query = select(table.c.seq, table.c.body, table.c.hash).where(table.c.case == case).order_by(table.c.seq)
    chain, records = CaseChain(case), list[AnyRecord]()
    with journal.reading() as connection:
        for seq, body, hash_ in connection.execute(query):
            chain.head = link(chain.head, body)
            if seq != chain.seq or chain.head != hash_:
                raise Tampered(
                    f"The chain of case {case} does not hold at record {chain.seq}.",
                    "Run `dialtest evidence verify` to see what was changed.",
                )
            chain.seq += 1
            records.append(decoded(case, body))
    return chain, records


def last_cursor(journal: Journal) -> int:
    """The highest delivery cursor that is durable; messages are journalled in their order. 0 where there is none."""
    for record in _newest_first(journal):
        if isinstance(record, Seen):
            return record.cursor
    return 0


def last_time(journal: Journal) -> datetime | None:
    """The latest network time the journal knows: the end of a case, or the last record of one that has not ended."""
    cases, records = schema.cases.c, schema.records.c
    ended = select(cases.closed_at).where(cases.closed_at.is_not(None))
    last = select(func.max(records.seq)).where(records.case == cases.case).correlate(schema.cases).scalar_subquery()
    open_ends = (
        select(records.case, records.body)
        .join(schema.cases, cases.case == records.case)
        .where(cases.closed_at.is_(None), records.seq == last)
    )
    with journal.reading() as connection:
        times = [datetime.fromisoformat(at) for at in connection.execute(ended).scalars()]
        times += [decoded(case, body).at for case, body in connection.execute(open_ends)]
    return max(times, default=None)


def spent(journal: Journal) -> Iterator[tuple[str, Service, AnyAct | Bill]]:
    """What tells how much numbers have committed to pay: (number, service, binding act set out on or bill seen)."""
    for records in journal.every_case():
        opened = records[0]
        if isinstance(opened, Opened):
            for record in records:
                if isinstance(record, Intent):
                    service = addressee(record.act, opened.service, opened.companion or None)
                    yield opened.number.msisdn, service, record.act
                elif isinstance(record, Outcome) and isinstance(record.result, Bill):
                    yield opened.number.msisdn, opened.service, record.result


def documents_of_kind(journal: Journal, kind: str) -> list[str]:
    """The texts of all documents of one kind."""
    table = schema.documents
    with journal.reading() as connection:
        return [str(text) for text in connection.execute(select(table.c.text).where(table.c.kind == kind)).scalars()]


def _newest_first(journal: Journal) -> Iterator[AnyRecord]:
    query = select(schema.records.c.body).order_by(schema.records.c.position.desc())
    with journal.reading() as connection:
        for body in connection.execution_options(yield_per=500).execute(query).scalars():
            yield decode(body)
