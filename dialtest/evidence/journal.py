"""The append-only journal in a database: the only truth about what was asked and seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.bulk import Bulk
from dialtest.evidence.case_row import closed_row, opened_row
from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.heads import every_head
from dialtest.evidence.printable import printable
from dialtest.evidence.record import AnyRecord, Closed, Opened, Record, decode, encode
from dialtest.language import _

GROUP_RECORDS = 20_000
LINKED_RECORDS = 256


class Tampered(DialtestError):
    """What is recorded is not what a replay gives, or the chain does not hold."""


class CaseChain:
    """The growing end of one case's chain: how many records it has; the hash of the last, once it is committed."""

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
        self._unlinked: list[tuple[CaseChain, int, Record]] = []
        self._records: list[tuple[str, int, bytearray, bytearray]] = []
        self._insert_records = Bulk(_INSERT_RECORD, engine)
        self._open_cases = Bulk(_OPEN, engine)
        self._close_cases = Bulk(_CLOSE, engine)
        self._insert_judgements = Bulk(insert(schema.judgements), engine)
        self._opened: dict[str, dict[str, Any]] = {}
        self._closed: list[dict[str, Any]] = []
        self._judged: list[dict[str, Any]] = []
        self._found: list[dict[str, Any]] = []
        self._recorded: dict[str, tuple[int, bytes]] = {}
        self._before_commit: list[Callable[[], None]] = []
        self.cursor = 0

    def begin(self, case: str) -> CaseChain:
        """The chain of a case that is (again) begun from its start."""
        chain = CaseChain(case)
        chain.verified_until = self._recorded.pop(case, None)
        return chain

    def expect_recorded(self) -> None:
        """Prepare a replay: what is recorded will be checked rather than written."""
        with self.reading() as connection:
            self._recorded = {case: (records, head) for case, records, head in every_head(connection)}

    def append(self, chain: CaseChain, record: Record) -> bool:
        """Add a record to its chain; durable at the next commit. False when it was there and was only checked."""
        seq = chain.seq
        chain.seq = seq + 1
        if chain.verified_until is not None:
            chain.head = link(chain.head, encode(record))
            self._check(chain, type(record) is Closed)
            return False
        self._unlinked.append((chain, seq, record))
        if len(self._unlinked) >= LINKED_RECORDS:
            self._link()
            if len(self._records) >= GROUP_RECORDS:
                self.commit()
        return True

    def _link(self) -> None:
        """Encode and hash what was appended, some hundred records at once: in between a run's other work it takes
        twice the time.
        """
        rows = self._records
        before = len(rows)
        try:
            for chain, seq, record in self._unlinked:
                body = encode(record)
                head = chain.head = link(chain.head, body)
                # sqlite3 searches its adapters for every value that is bytes, never for a bytearray
                rows.append((chain.case, seq, bytearray(body), bytearray(head)))
                kind = type(record)  # isinstance costs five times as much for these classes
                if kind is Opened or kind is Closed:
                    self._list(chain, record)
        finally:
            # one that cannot be encoded stays, so that nothing after it becomes durable
            del self._unlinked[: len(rows) - before]

    def before_commit(self, prepare: Callable[[], None]) -> None:
        """Let `prepare` be called before every commit: what it keeps becomes durable together with the records."""
        self._before_commit.append(prepare)

    def commit(self) -> None:
        """Make everything appended so far durable, all or nothing."""
        self._link()
        if not self._records:
            return
        for prepare in self._before_commit:
            prepare()
        with self.writing() as connection:
            self._insert_records.execute(connection, self._records)
            self._open_cases.execute_named(connection, list(self._opened.values()))
            self._close_cases.execute_named(connection, self._closed)
            self._insert_judgements.execute_named(connection, self._judged)
            if self._found:
                connection.execute(insert(schema.findings), self._found)
        self.forget()

    def forget(self) -> None:
        """Let go of what was appended and is not durable: a commit refused it."""
        self._unlinked, self._records = [], []
        self._opened, self._closed, self._judged, self._found = {}, [], [], []

    def keep_judgement(self, judgement: dict[str, Any], findings: list[dict[str, Any]]) -> None:
        """Keep the verdicts on a closed case, and what was found; durable at the next commit."""
        self._judged.append(judgement)
        self._found += findings

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Write an empty journal without the index of records, and build it at the end: three times as fast.

        Cut short by a kill the journal is whole but slow to read, until the next filling. One that holds records keeps
        its index: a replay looks every case up.
        """
        index = next(iter(schema.records.indexes))
        with self.reading() as connection:
            empty = connection.execute(select(schema.records.c.position).limit(1)).first() is None
        if empty:
            index.drop(self.engine, checkfirst=True)
        else:
            index.create(self.engine, checkfirst=True)
        try:
            yield
        finally:
            index.create(self.engine, checkfirst=True)

    def keep_document(self, kind: str, name: str, text: str) -> str:
        """Freeze a text (scenario source, policy) in the journal; its SHA-256 digest."""
        self.keep_documents([(kind, name, text)])
        return _digest(text)

    def keep_documents(self, documents: Iterable[tuple[str, str, str]]) -> None:
        """Freeze texts, each given with its kind and name, in one transaction."""
        rows = {_digest(text): {"kind": kind, "name": name, "text": text} for kind, name, text in documents}
        with self.writing() as connection:
            kept = select(schema.documents.c.digest).where(schema.documents.c.digest.in_(list(rows)))
            for digest in connection.execute(kept).scalars().all():
                del rows[digest]
            if rows:
                connection.execute(
                    insert(schema.documents), [{"digest": digest, **row} for digest, row in rows.items()]
                )

    def document(self, digest: str) -> str:
        """The frozen text with this digest."""
        with self.reading() as connection:
            found = connection.execute(
                select(schema.documents.c.text).where(schema.documents.c.digest == digest)
            ).scalar()
        if found is None or sha256(str(found).encode(errors="replace")).hexdigest() != digest:
            raise Tampered(
                _("The document {digest}… of the journal is missing or changed.").format(digest=printable(digest[:12])),
                _("Run `dialtest evidence verify`."),
            )
        return str(found)

    def reading(self) -> Connection:
        """A connection to read with."""
        return self.engine.connect()

    def records_of(self, case: str) -> list[AnyRecord]:
        """The records of one case, in order."""
        rows = select(schema.records.c.body).where(schema.records.c.case == case).order_by(schema.records.c.seq)
        with self.reading() as connection:
            return [decoded(case, body) for (body,) in connection.execute(rows)]

    def every_case(self) -> Iterator[list[AnyRecord]]:
        """Case by case, in order of their names, the records of each in order; memory holds one case at a time.

        The chains of matters under review are no cases.
        """
        table = schema.records
        query = (
            select(table.c.case, table.c.body).where(schema.is_case(table.c.case)).order_by(table.c.case, table.c.seq)
        )
        with self.reading() as connection:
            rows = connection.execution_options(yield_per=2_000).execute(query)
            current, found = None, list[AnyRecord]()
            for case, body in rows:
                if case != current:
                    if found:
                        yield found
                    current, found = case, []
                found.append(decoded(case, body))
            if found:
                yield found

    def close(self) -> None:
        """Commit and let go of the database."""
        try:
            self.commit()
        finally:
            self.engine.dispose()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to write in; raises CouldNotTest when the database cannot be written."""
        return self.engine.begin()

    @contextmanager
    def deciding(self) -> Iterator[Connection]:
        """A transaction whose reading still holds when it commits: nobody else writes seals beside it."""
        with self.writing() as connection:
            alone = "BEGIN IMMEDIATE" if self.engine.dialect.name == "sqlite" else "LOCK TABLE seals IN EXCLUSIVE MODE"
            connection.exec_driver_sql(alone)
            yield connection

    def _list(self, chain: CaseChain, record: Record) -> None:
        """Keep the table of cases in step; a case that begins and ends within one group is written at once."""
        if isinstance(record, Opened):
            self._opened[record.case] = opened_row(record)
        elif isinstance(record, Closed):
            ended = closed_row(record, chain.seq, chain.head)
            if record.case in self._opened:
                self._opened[record.case].update(ended)
            else:
                self._closed.append({"which": record.case, **ended})

    def _check(self, chain: CaseChain, ends: bool) -> None:
        count, head = chain.verified_until or (0, b"")
        if (chain.seq == count and chain.head != head) or (ends and chain.seq < count):
            raise Tampered(
                _("The replay of case {case} differs from what is recorded, at or before record {seq}.").format(
                    case=printable(chain.case), seq=count - 1
                ),
                _("Settings, catalogue or scenarios changed since; start a fresh campaign folder for a new run."),
            )
        if chain.seq == count:
            chain.verified_until = None


_INSERT_RECORD = insert(schema.records).values(dict.fromkeys(("case", "seq", "body", "hash"))).inline()
_OPEN = insert(schema.cases)
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


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def decoded(case: str, body: bytes | str) -> AnyRecord:
    """A record as a row holds it; raises Tampered for one that nobody can read."""
    try:
        return decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
        raise Tampered(
            _("The journal holds a record of case {case} that nobody can read: {reason}.").format(
                case=printable(str(case)), reason=printable(str(error), 200)
            ),
            _("Run `dialtest evidence verify`."),
        ) from None
