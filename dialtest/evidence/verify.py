"""Holds a whole journal against itself and against its seals: every chain, list, document and root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from dialtest.evidence import schema
from dialtest.evidence.case_check import CaseCheck, SealedEnd
from dialtest.evidence.discrepancy import Discrepancy
from dialtest.evidence.engine import snapshot
from dialtest.evidence.journal import Journal, Tampered
from dialtest.evidence.merkle import Root, leaf
from dialtest.evidence.seal import Seal, seal_of

KEPT = 1_000
ROWS_AT_ONCE = 200
MISSING_SEALS = 100  # more than these are not named one by one

Name = str | bytes
Group = tuple[Name, list[Row[Any]]]


@dataclass
class Verification:
    """What was checked and what does not hold: the first thousand discrepancies, and how many there are in all.

    `matters` are those under review that have decisions; their chains are checked and sealed like those of cases.
    `seal` is the newest seal, or the one that was asked for; `unsealed_cases` and `unsealed_records` came after the
    newest one, so only the chains themselves speak for them.
    """

    cases: int = 0
    matters: int = 0
    records: int = 0
    documents: int = 0
    seals: int = 0
    unsealed_cases: int = 0
    unsealed_records: int = 0
    seal: Seal | None = None
    total: int = 0
    discrepancies: list[Discrepancy] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written."""
        return not self.total

    def add(self, found: Discrepancy) -> None:
        """One more thing that does not hold."""
        self.total += 1
        if len(self.discrepancies) < KEPT:
            self.discrepancies.append(found)

    def count(self, check: CaseCheck) -> None:
        """Count one checked case, or matter, and its records."""
        self.cases += bool(check.records) and not check.reviewed
        self.matters += bool(check.records) and check.reviewed
        self.records += check.records
        self.unsealed_cases += bool(check.records and not check.covered)
        self.unsealed_records += max(0, check.records - check.covered)


def verify(journal: Journal, expected_root: bytes | None = None) -> Verification:
    """Check everything; memory holds one case at a time, the seals and the digests of documents.

    expected_root: the first bytes (8 to 32) of a seal that was printed. It must be the root of one of the seals, as it
    comes out now. What it covers cannot have been changed, by anyone.
    """
    found = Verification()
    with snapshot(journal.engine) as connection:
        seals = _Seals(connection, found)
        documents = _check_documents(connection, found)
        rows = _grouped(connection, select(schema.cases).order_by(schema.cases.c.case))
        records = _grouped(connection, _ordered_records())
        sealed = _grouped(connection, _ordered_ends())
        for case, (row, its_records, ends) in _beside(rows, records, sealed):
            check = _check_case(case, row, its_records, seals.ends(case, ends), found)
            for digest in check.documents:
                if digest not in documents:
                    documents.add(digest)  # told once, for the first case that needs it
                    found.add(Discrepancy("document_missing", check.case, 0, {"digest": digest}))
    seals.finish(expected_root)
    return found


def _check_case(
    case: Name, row: list[Row[Any]], records: list[Row[Any]], ends: list[SealedEnd], found: Verification
) -> CaseCheck:
    check = CaseCheck(case if isinstance(case, str) else repr(case), ends, found.add)
    for record in records:
        check.take(record.seq, record.body, record.hash)
    check.finish(row[0]._asdict() if row else None)
    found.count(check)
    return check


class _Seals:
    """Computes the root of every seal while the cases go by, one accumulator for each."""

    def __init__(self, connection: Connection, found: Verification) -> None:
        self._found = found
        self._stored: dict[int, Seal] = {}
        self._roots: dict[int, Root] = {}
        for row in connection.execute(select(schema.seals).order_by(schema.seals.c.seal)):
            try:
                seal = seal_of(row)
            except Tampered as error:
                found.add(Discrepancy("seal_unreadable", facts={"number": str(row.seal), "reason": error.problem}))
            else:
                self._stored[seal.number] = seal
        newest = connection.execute(select(schema.sealed_cases.c.seal).distinct()).scalars()
        numbers = {number for number in newest if isinstance(number, int)} | set(self._stored)
        gapless = range(1, min(max(numbers, default=0), len(numbers) + MISSING_SEALS) + 1)
        self._roots.update((number, Root()) for number in sorted(numbers.union(gapless)))
        found.seals = len(self._stored)

    def ends(self, case: Name, rows: list[Row[Any]]) -> list[SealedEnd]:
        """The ends of a case that seals hold; each seal's root takes the newest of them that is not newer than it."""
        ends: list[SealedEnd] = []
        for row in rows:
            if isinstance(row.seal, int) and isinstance(row.records, int) and isinstance(row.head, bytes):
                ends.append(SealedEnd(row.seal, row.records, row.head))
            else:
                reason = f"{row.records!r} of {case!r}"
                self._found.add(Discrepancy("seal_unreadable", facts={"number": str(row.seal), "reason": reason}))
        if ends and isinstance(case, str):
            self._add(case, ends)
        return ends

    def _add(self, case: str, ends: list[SealedEnd]) -> None:
        waiting = iter(ends)
        newer = next(waiting, None)
        hash_: bytes | None = None
        for number, root in self._roots.items():
            while newer is not None and newer.seal <= number:
                hash_ = leaf(case, newer.records, newer.head)
                newer = next(waiting, None)
            if hash_ is not None:
                root.add(hash_)

    def finish(self, expected_root: bytes | None) -> None:
        """All cases have gone by: compare."""
        found = self._found
        found.seal = max(self._stored.values(), key=lambda seal: seal.number, default=None)
        asked = None
        for number, root in self._roots.items():
            seal, digest = self._stored.get(number), root.digest()
            if seal is None:
                found.add(Discrepancy("seal_missing", facts={"number": str(number)}))
            elif (seal.root, seal.cases) != (digest.hex(), root.leaves):
                found.add(Discrepancy("seal_wrong", facts={"number": str(number)}))
            elif expected_root and digest.startswith(expected_root):
                asked = seal
        if expected_root is not None and asked is None:
            found.add(Discrepancy("seal_unknown", facts={"root": expected_root.hex()[:16]}))
        found.seal = asked or found.seal


def _check_documents(connection: Connection, found: Verification) -> set[str]:
    """The digests of all documents that are there, changed ones included."""
    digests = set[str]()
    rows = connection.execution_options(yield_per=10).execute(select(schema.documents))
    for row in rows:
        found.documents += 1
        digests.add(row.digest)
        if sha256(str(row.text).encode(errors="replace")).hexdigest() != row.digest:
            facts = {"digest": str(row.digest), "name": f"{row.kind} {row.name}"}
            found.add(Discrepancy("document_changed", facts=facts))
    return digests


def _ordered_records() -> Select[Any]:
    records = schema.records.c
    return select(records.case, records.seq, records.body, records.hash).order_by(records.case, records.seq)


def _ordered_ends() -> Select[Any]:
    return select(schema.sealed_cases).order_by(schema.sealed_cases.c.case, schema.sealed_cases.c.seal)


def _grouped(connection: Connection, query: Select[Any]) -> Iterator[Group]:
    rows = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
    for case, group in groupby(rows, key=lambda row: row.case):
        yield case, list(group)


def _beside(*streams: Iterator[Group]) -> Iterator[tuple[Name, list[list[Row[Any]]]]]:
    """Several streams by case, each in order, walked side by side: a case and its rows of each, none where none are."""
    heads = [next(stream, None) for stream in streams]
    while present := [head[0] for head in heads if head is not None]:
        case = min(present, key=_place)
        rows = list[list[Row[Any]]]()
        for number, head in enumerate(heads):
            here = head is not None and head[0] == case
            rows.append(head[1] if head is not None and here else [])
            if here:
                heads[number] = next(streams[number], None)
        yield case, rows


def _place(case: Name) -> tuple[bool, bytes]:
    """Names sort as their bytes do, and what is no text after all text, as in the database."""
    return (False, case.encode()) if isinstance(case, str) else (True, bytes(case))


def described(found: Verification) -> Mapping[str, Any]:
    """A verification as JSON values."""
    return {
        "holds": found.holds,
        "cases": found.cases,
        "matters": found.matters,
        "records": found.records,
        "documents": found.documents,
        "seals": found.seals,
        "unsealed_cases": found.unsealed_cases,
        "unsealed_records": found.unsealed_records,
        "seal": found.seal and {"number": found.seal.number, "root": found.seal.root, "cases": found.seal.cases},
        "discrepancies": [
            {"kind": each.kind, "case": each.case, "record": each.seq, "text": each.text}
            for each in found.discrepancies
        ],
        "total": found.total,
    }
