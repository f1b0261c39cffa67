"""Writes a portable copy of some cases or all: a zip file that proves itself without the journal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from sqlalchemy import Connection, Select, func, select

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence import schema
from dialtest.evidence.case_check import CaseCheck, SealedEnd
from dialtest.evidence.discrepancy import Discrepancy
from dialtest.evidence.engine import snapshot
from dialtest.evidence.journal import Journal, Tampered
from dialtest.evidence.merkle import Tree, leaf
from dialtest.evidence.portable import (
    CASE,
    FORMAT,
    GUIDE,
    GUIDE_TEXT,
    HASHES,
    MANIFEST,
    RECORDS,
    VERSION,
    CopiedCase,
    CopiedDocument,
    CopiedSeal,
    Inclusion,
    Manifest,
    case_folder,
    document_part,
)
from dialtest.evidence.printable import printable
from dialtest.evidence.seal import Seal, last_seal
from dialtest.language import _

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can say: the same evidence gives the same bytes
UNIX = 3


@dataclass(frozen=True, slots=True)
class Copied:
    """How much a copy holds."""

    cases: int
    records: int
    documents: int
    seal: Seal | None


def export(journal: Journal, out: Path, cases: Sequence[str] = ()) -> Copied:
    """Copy `cases` (none named: all) to the zip file `out`, each with its proof under the newest seal.

    Every chain is checked on the way; raises Tampered where one does not hold, DialtestError for a case that is not
    there, CouldNotTest where `out` cannot be written. The file appears complete or not at all. Memory holds one case,
    and 64 bytes for every sealed case.
    """
    seal = last_seal(journal)
    draft = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        with snapshot(journal.engine) as connection:
            names = _names(connection, cases)
            with ZipFile(draft, "w", ZIP_DEFLATED) as file:
                copied = _Copying(connection, file, seal).all(names)
        draft.replace(out)
    except OSError as error:
        raise CouldNotTest(
            _("The copy {file} cannot be written: {reason}.").format(
                file=printable(str(out)), reason=error.strerror or error
            ),
            _("Choose another place with --out."),
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return copied


def _names(connection: Connection, wanted: Sequence[str]) -> list[str]:
    """The cases to copy, by name."""
    records = schema.records.c
    if not wanted:
        return list(connection.execute(select(records.case).group_by(records.case).order_by(records.case)).scalars())
    for name in wanted:
        if not connection.execute(select(func.count()).where(records.case == name)).scalar_one():
            raise DialtestError(
                _("The journal has no case “{case}”.").format(case=printable(name, 200)),
                _("`dialtest status` and the reports name the cases there are."),
            )
    return sorted(set(wanted))


class _Copying:
    """One copy being written."""

    def __init__(self, connection: Connection, file: ZipFile, seal: Seal | None) -> None:
        self._connection = connection
        self._file = file
        self._seal = seal
        self._sealed: dict[str, tuple[int, SealedEnd]] = {}
        self._tree = Tree(self._leaves())
        if seal is not None and self._tree.root.hex() != seal.root:
            raise _broken(Discrepancy("seal_wrong", facts={"number": str(seal.number)}))

    def all(self, names: Sequence[str]) -> Copied:
        """Write every part; manifest and guide come last, when everything is known."""
        digests, records = set[str](), 0
        for number, name in enumerate(names, 1):
            check = self._copy_case(case_folder(number), name)
            digests.update(check.documents)
            records += check.records
        documents = tuple(self._copy_documents(sorted(digests)))
        manifest = Manifest(FORMAT, VERSION, len(names), _copied_seal(self._seal), documents)
        self._write(MANIFEST, _readable(manifest))
        self._write(GUIDE, GUIDE_TEXT.encode())
        return Copied(len(names), records, len(documents), self._seal)

    def _leaves(self) -> Iterator[bytes]:
        """The leaves under the newest seal, in order; where each sealed case ends is noted on the way."""
        rows = self._connection.execution_options(yield_per=2_000).execute(_newest_ends())
        for index, (case, seal, records, head) in enumerate(rows):
            self._sealed[case] = index, SealedEnd(seal, records, head)
            yield leaf(case, records, head)

    def _copy_case(self, folder: str, name: str) -> CaseCheck:
        index, end = self._sealed.get(name, (0, None))
        check = CaseCheck(name, [end] if end else [], _refuse)
        table = schema.records.c
        query = select(table.seq, table.body, table.hash).where(table.case == name).order_by(table.seq)
        bodies, hashes = list[bytes](), list[bytes]()
        for seq, body, hash_ in self._connection.execute(query):
            check.take(seq, body, hash_)
            if b"\n" in body:
                _refuse(Discrepancy("record_changed", name, seq))
            bodies.append(body)
            hashes.append(hash_)
        row = self._connection.execute(select(schema.cases).where(schema.cases.c.case == name)).first()
        check.finish(row._asdict() if row else None)
        copied = CopiedCase(name, len(bodies), hashes[-1].hex(), self._inclusion(index, end))
        self._write(folder + CASE, _readable(copied))
        self._write(folder + RECORDS, b"".join(body + b"\n" for body in bodies))
        self._write(folder + HASHES, "".join(f"{hash_.hex()}\n" for hash_ in hashes).encode())
        return check

    def _inclusion(self, index: int, end: SealedEnd | None) -> Inclusion | None:
        if end is None:
            return None
        path = tuple(beside.hex() for beside in self._tree.proof(index))
        return Inclusion(end.records, end.head.hex(), index, path)

    def _copy_documents(self, digests: Sequence[str]) -> Iterator[CopiedDocument]:
        for digest in digests:
            query = select(schema.documents).where(schema.documents.c.digest == digest)
            row = self._connection.execute(query).first()
            if row is None:
                raise _broken(Discrepancy("document_missing", facts={"digest": digest}))
            content = str(row.text).encode()
            if sha256(content).hexdigest() != digest:
                raise _broken(Discrepancy("document_changed", facts={"digest": digest, "name": row.name}))
            self._write(document_part(digest), content)
            yield CopiedDocument(digest, row.kind, row.name)

    def _write(self, part: str, content: bytes) -> None:
        info = ZipInfo(part, LONG_AGO)
        info.compress_type = ZIP_DEFLATED
        info.create_system = UNIX
        info.external_attr = 0o644 << 16
        self._file.writestr(info, content)


def _newest_ends() -> Select[Any]:
    """What the newest seal covers: the newest end of each case, by name."""
    sealed, newer = schema.sealed_cases, schema.sealed_cases.alias("newer")
    newest = select(func.max(newer.c.seal)).where(newer.c.case == sealed.c.case).correlate(sealed).scalar_subquery()
    columns = (sealed.c.case, sealed.c.seal, sealed.c.records, sealed.c.head)
    return select(*columns).where(sealed.c.seal == newest).order_by(sealed.c.case)


def _copied_seal(seal: Seal | None) -> CopiedSeal | None:
    return CopiedSeal(seal.number, seal.at.isoformat(), seal.cases, seal.root) if seal else None


def _readable(part: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(part), indent=1) + b"\n"


def _refuse(found: Discrepancy) -> None:
    raise _broken(found)


def _broken(found: Discrepancy) -> Tampered:
    return Tampered(found.text, _("Run `dialtest evidence verify`; nothing was copied."))
