"""Checks one case's chain record by record, as it stands in a journal or in a portable copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dialtest.evidence.case_row import closed_row, opened_row
from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.discrepancy import Discrepancy, Kind, Report, by_list, by_seal
from dialtest.evidence.record import AnyRecord, Closed, Decided, Opened, decode
from dialtest.model.matter import CHAIN_PREFIX, MatterKey


@dataclass(frozen=True, slots=True)
class SealedEnd:
    """Where a seal found the end of a case's chain."""

    seal: int
    records: int
    head: bytes


class CaseCheck:
    """Takes a case's records in order of their numbers; each thing that does not hold is reported once, where it is.

    A record whose hash does not follow from the hash stored before it is reported, and the check goes on from the hash
    that is stored: so one change is told as one, not as all that come after it. `documents` are the digests the case
    was dialled with; `covered` says how many records the newest seal covers.
    """

    def __init__(self, case: str, sealed: Iterable[SealedEnd], report: Report) -> None:
        self.case = case
        self.reviewed = case.startswith(CHAIN_PREFIX)
        self.documents: tuple[str, ...] = ()
        self.records = 0
        self._sealed = sorted(sealed, key=lambda end: (end.records, end.seal))
        self.covered = self._sealed[-1].records if self._sealed else 0
        self._report = report
        self._next = 0
        self._head: bytes | None = GENESIS
        self._row: dict[str, Any] | None = None
        self._closed = False
        self._ends = {end.records: end for end in reversed(self._sealed)}

    def take(self, seq: object, body: object, hash_: object) -> None:
        """The next record as it is stored."""
        self.records += 1
        if not isinstance(seq, int):
            self._tell("record_unreadable", None, reason=f"number {seq!r}")
            return
        if seq < self._next:
            self._tell("record_twice", seq)
            return
        for missing in range(self._next, min(seq, self._next + 1_000)):
            self._tell("record_missing", missing)
        known = seq == self._next
        self._next = seq + 1
        if not isinstance(body, bytes) or not isinstance(hash_, bytes):
            self._tell("record_unreadable", seq, reason=type(body).__name__)
            self._head = None
            return
        if known and self._head is not None and link(self._head, body) != hash_:
            self._tell("record_changed", seq)
        self._head = hash_
        self._read(seq, body, hash_)
        end = self._ends.get(seq + 1)
        if end is not None and end.head != hash_:
            self._tell("case_rewritten", seq, source=by_seal(end.seal))

    def finish(self, row: Mapping[str, Any] | None, listed: bool = True) -> None:
        """No more records. `row` is what the list of cases says; `listed` False: there is no such list."""
        claimed, source = self._claimed(row)
        if claimed > self._next:
            kind: Kind = "tail_cut" if self._next else "case_missing"
            self._tell(kind, self._next, source=source, records=str(claimed))
        elif listed and row is None and not self.reviewed:
            self._tell("case_row_missing", None)
        elif row is not None and self._row is not None:
            wrong = [name for name, value in self._row.items() if row.get(name) != value]
            if wrong:
                self._tell("case_row_changed", None, columns=", ".join(wrong))
        elif row is not None and not self.records:
            self._tell("case_missing", None, source=by_list(), records=str(row.get("records")))

    def _claimed(self, row: Mapping[str, Any] | None) -> tuple[int, str]:
        """The highest number of records anything says the case has, and what says so."""
        listed = row.get("records") if row else 0
        claims = [(listed if isinstance(listed, int) else 0, by_list())]
        claims += [(end.records, by_seal(end.seal)) for end in self._sealed[-1:]]
        return max(claims, key=lambda claim: claim[0])

    def _read(self, seq: int, body: bytes, hash_: bytes) -> None:
        try:
            record = decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._tell("record_unreadable", seq, reason=str(error))
            return
        if (record.case, record.seq) != (self.case, seq):
            self._tell("record_misplaced", seq, found_case=record.case, found_seq=str(record.seq))
        self._follow(seq, record, hash_)

    def _follow(self, seq: int, record: AnyRecord, hash_: bytes) -> None:
        if self.reviewed or isinstance(record, Decided):
            self._follow_review(seq, record)
            return
        if self._closed:
            self._tell("record_after_close", seq)
        if isinstance(record, Opened) != (seq == 0):
            self._tell("not_opened", seq)
        elif isinstance(record, Opened):
            self._row = opened_row(record)
            self.documents = tuple(filter(None, (record.source, record.policy)))
        if isinstance(record, Closed):
            self._closed = True
            self._row = self._row and {**self._row, **closed_row(record, seq + 1, hash_)}

    def _follow_review(self, seq: int, record: AnyRecord) -> None:
        """A matter's chain holds decisions on that matter, and nothing else does."""
        if not isinstance(record, Decided) or self.case != _key(record).chain:
            self._tell("not_decided", seq)
        else:
            self.documents += tuple(document.kept for document in record.documents)

    def _tell(self, kind: Kind, seq: int | None, **facts: str) -> None:
        self._report(Discrepancy(kind, self.case, seq, facts))


def _key(record: Decided) -> MatterKey:
    return MatterKey(record.provider_code, record.service_code, record.rule)
