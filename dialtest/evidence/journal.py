"""The append-only journal in a database: the only truth about what was asked and seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence import schema
from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.record import AnyRecord, Closed, Opened, Record, decode, encode

GROUP_RECORDS = 4_000


class Tampered(DialtestError):
    """What is recorded is not what a replay gives, or the chain does not hold."""


class CaseChain:
    """The growing end of one case's chain: how many records it has and the hash of the last."""

    __slots__ = ("case", "head", "seq", "verified_until")

    def __init__(self, case: str) -> None:
        self.case = case
        self.seq = 0
        self.head = GENESIS
        self.verified_until: tuple[int, bytes] | None = None


class Journal:
    """Appends records in groups. Nothing is acknowledged before `commit` returned.

    A journal that already holds records of a case and is fed the case again from its start (a virtual replay) checks
    them instead of writing them, and goes on where they end; a difference raises Tampered with the case and step.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._records: list[tuple[str, int, bytes, bytes]] = []
        self._insert = _RecordInsert(engine)
        self._opened: list[dict[str, Any]] = []
        self._closed: list[dict[str, Any]] = []
        self._recorded: dict[str, tuple[int, bytes]] = {}
        self.cursor = 0

    def begin(self, case: str) -> CaseChain:
        """The chain of a case that is (again) begun from its start."""
        chain = CaseChain(case)
        chain.verified_until = self._recorded.pop(case, None)
        return chain

    def expect_recorded(self) -> None:
        """Prepare a replay: what is recorded will be checked rather than written."""
        tails = select(schema.records.c.case, func.max(schema.records.c.seq)).group_by(schema.records.c.case)
        with self.reading() as connection:
            last = dict(connection.execute(tails).tuples().all())
            rows = connection.execute(select(schema.records.c.case, schema.records.c.seq, schema.records.c.hash))
            for case, seq, hash_ in rows:
                if last[case] == seq:
                    self._recorded[case] = (seq + 1, hash_)

    def append(self, chain: CaseChain, record: Record) -> None:
        """Add a record to its case's chain; durable at the next commit."""
        body = encode(record)
        chain.head = link(chain.head, body)
        chain.seq += 1
        if chain.verified_until is not None:
            self._check(chain)
            return
        self._records.append((chain.case, chain.seq - 1, body, chain.head))
        if isinstance(record, Opened):
            self._opened.append(_case_row(record))
        elif isinstance(record, Closed):
            self._closed.append(_closed_row(chain, record))
        if len(self._records) >= GROUP_RECORDS:
            self.commit()

    def commit(self) -> None:
        """Make everything appended so far durable, all or nothing."""
        if not self._records:
            return
        with self.writing() as connection:
            self._insert.execute(connection, self._records)
            if self._opened:
                connection.execute(insert(schema.cases), self._opened)
            if self._closed:
                connection.execute(_CLOSE, self._closed)
        self._records, self._opened, self._closed = [], [], []

    def keep_document(self, kind: str, name: str, text: str) -> str:
        """Freeze a text (scenario source, policy) in the journal; its SHA-256 digest."""
        digest = sha256(text.encode()).hexdigest()
        known = select(schema.documents.c.digest).where(schema.documents.c.digest == digest)
        with self.writing() as connection:
            if connection.execute(known).first() is None:
                row = {"digest": digest, "kind": kind, "name": name, "text": text}
                connection.execute(insert(schema.documents), row)
        return digest

    def document(self, digest: str) -> str:
        """The frozen text with this digest."""
        with self.reading() as connection:
            found = connection.execute(
                select(schema.documents.c.text).where(schema.documents.c.digest == digest)
            ).scalar()
        if found is None:
            raise DialtestError(f"The journal has no document {digest[:12]}….", "Run `dialtest evidence verify`.")
        return str(found)

    def reading(self) -> Connection:
        """A connection to read with."""
        return self.engine.connect()

    def records_of(self, case: str) -> list[AnyRecord]:
        """The records of one case, in order."""
        rows = select(schema.records.c.body).where(schema.records.c.case == case).order_by(schema.records.c.seq)
        with self.reading() as connection:
            return [decode(body) for (body,) in connection.execute(rows)]

    def every_case(self) -> Iterator[list[AnyRecord]]:
        """Case by case, in order of their names, the records of each in order; memory holds one case at a time."""
        table = schema.records
        query = select(table.c.case, table.c.body).order_by(table.c.case, table.c.seq)
        with self.reading() as connection:
            rows = connection.execution_options(yield_per=2_000).execute(query)
            current, found = None, list[AnyRecord]()
            for case, body in rows:
                if case != current:
                    if found:
                        yield found
                    current, found = case, []
                found.append(decode(body))
            if found:
                yield found

    def close(self) -> None:
        """Commit and let go of the database."""
        self.commit()
        self.engine.dispose()

    def _check(self, chain: CaseChain) -> None:
        count, head = chain.verified_until or (0, b"")
        if chain.seq == count:
            if chain.head != head:
                raise Tampered(
                    f"The replay of case {chain.case} differs from what is recorded, at or before record {count - 1}.",
                    "Settings, catalogue or scenarios changed since; start a fresh campaign folder for a new run.",
                )
            chain.verified_until = None

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to write in; raises CouldNotTest when the database cannot be written."""
        return _Writing(self.engine)


class _RecordInsert:
    """The one hot statement, compiled once: SQLAlchemy's own parameter handling costs as much as the insert itself."""

    _columns = ("case", "seq", "body", "hash")

    def __init__(self, engine: Engine) -> None:
        compiled = insert(schema.records).values(dict.fromkeys(self._columns)).compile(dialect=engine.dialect)
        self._sql = str(compiled)
        self._positional = engine.dialect.positional

    def execute(self, connection: Connection, rows: list[tuple[str, int, bytes, bytes]]) -> None:
        named = rows if self._positional else [dict(zip(self._columns, row, strict=True)) for row in rows]
        connection.exec_driver_sql(self._sql, named)


class _Writing(AbstractContextManager[Connection]):
    """A transaction whose failure is told as what it is: disk full, read-only, locked."""

    def __init__(self, engine: Engine) -> None:
        self._begun = engine.begin()

    def __enter__(self) -> Connection:
        try:
            return self._begun.__enter__()
        except DBAPIError as error:
            raise _cannot_write(error) from None

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            self._begun.__exit__(kind, value, trace)
        except DBAPIError as error:
            raise _cannot_write(error) from None
        if isinstance(value, DBAPIError):
            raise _cannot_write(value) from None


def _cannot_write(error: SQLAlchemyError) -> CouldNotTest:
    cause = getattr(error, "orig", error)
    return CouldNotTest(
        f"The journal could not be written: {cause}. Everything committed before is safe.",
        "Free disk space or make the file writable, then run again; the run goes on where it stopped.",
    )


_CLOSE = (
    update(schema.cases)
    .where(schema.cases.c.case == bindparam("which"))
    .values(
        closed_at=bindparam("closed_at"),
        state=bindparam("state"),
        reason=bindparam("reason"),
        records=bindparam("records"),
        head=bindparam("head"),
    )
)


def _case_row(record: Opened) -> dict[str, Any]:
    return {
        "case": record.case,
        "provider_code": record.service.provider_code,
        "service_code": record.service.service_code,
        "scenario": record.scenario,
        "team": record.number.team,
        "msisdn": record.number.msisdn,
        "origin": record.origin,
        "opened_at": _iso(record.at),
        "state": "open",
        "reason": "",
        "records": 0,
    }


def _closed_row(chain: CaseChain, record: Closed) -> dict[str, Any]:
    return {
        "which": record.case,
        "closed_at": _iso(record.at),
        "state": record.state,
        "reason": record.reason,
        "records": chain.seq,
        "head": chain.head,
    }


def _iso(when: datetime) -> str:
    return when.isoformat()


def open_engine(url: str) -> Engine:
    """An engine for the journal at `url`; SQLite is set to write ahead, durable at every commit."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=60000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
