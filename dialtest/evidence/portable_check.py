"""Checks a portable copy by itself: its chains, its documents, and the proofs that a seal covers them."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import msgspec

from dialtest.errors import DialtestError
from dialtest.evidence.case_check import CaseCheck, SealedEnd
from dialtest.evidence.discrepancy import Discrepancy
from dialtest.evidence.merkle import leaf, root_from
from dialtest.evidence.portable import (
    CASE,
    GUIDE,
    HASHES,
    MANIFEST,
    MANIFEST_LIMIT,
    PART_LIMIT,
    RECORDS,
    CopiedCase,
    Inclusion,
    Manifest,
    case_folder,
    document_part,
)
from dialtest.evidence.printable import printable
from dialtest.evidence.seal import Seal
from dialtest.evidence.verify import Verification
from dialtest.language import _

ZIP_TROUBLE = (OSError, BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""Whatever the zip library raises over a broken or hostile file."""
ENCRYPTED = 0x1
LONGEST_PATH = 64  # of a tree nobody can fill
HASH = re.compile("[0-9a-f]{64}")


def verify_copy(path: Path, expected_root: bytes | None = None) -> Verification:
    """Check the copy at `path`; memory holds one case at a time.

    expected_root: the first bytes (8 to 32) of the seal that was printed; every case must then be covered by it. Raises
    DialtestError for what is no copy at all.
    """
    found = Verification()
    try:
        with ZipFile(path) as file:
            checking = _Checking(file, found, _manifest(file, path))
            checking.check(expected_root)
    except ZIP_TROUBLE as error:
        raise _no_copy(path, str(error)) from None
    return found


def _manifest(file: ZipFile, path: Path) -> Manifest:
    try:
        return msgspec.json.decode(_content(file, MANIFEST, MANIFEST_LIMIT), type=Manifest)
    except KeyError:
        raise _no_copy(path, _("it has no {part}").format(part=MANIFEST)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _no_copy(path, f"{MANIFEST}: {error}") from None


def _content(file: ZipFile, part: str, limit: int) -> bytes:
    info = file.getinfo(part)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & ENCRYPTED:
        raise ValueError(_("{part} is packed in a way dialtest does not use").format(part=part))
    with file.open(info) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise ValueError(_("{part} is larger than {limit} bytes").format(part=part, limit=limit))
    return content


class _Checking:
    """One copy being checked."""

    def __init__(self, file: ZipFile, found: Verification, manifest: Manifest) -> None:
        self._file = file
        self._found = found
        self._manifest = manifest
        self._root = _bytes(manifest.seal.root) if manifest.seal else None
        self._digests = {document.digest for document in manifest.documents}
        self._cases = set[str]()

    def check(self, expected_root: bytes | None) -> None:
        """Every part that should be there, and that no other is."""
        names = Counter(self._file.namelist())
        self._check_seal(expected_root)
        for document in self._manifest.documents:
            self._check_document(document.digest, document.name)
        count = min(self._manifest.cases, len(names) + 1)
        for number in range(1, count + 1):
            self._check_case(case_folder(number), expected_root is not None)
        expected = {MANIFEST, GUIDE, *map(document_part, self._digests)}
        expected |= {case_folder(number) + part for number in range(1, count + 1) for part in (CASE, RECORDS, HASHES)}
        for part, times in sorted(names.items()):
            if part not in expected or times > 1:
                self._found.add(Discrepancy("part_unknown", facts={"part": part}))

    def _check_seal(self, expected_root: bytes | None) -> None:
        seal = self._manifest.seal
        if seal is not None:
            try:
                if self._root is None:
                    raise ValueError(seal.root)
                self._found.seal = Seal(seal.number, datetime.fromisoformat(seal.at), seal.cases, seal.root)
                self._found.seals = 1
            except ValueError as error:
                self._found.add(
                    Discrepancy("seal_unreadable", facts={"number": str(seal.number), "reason": str(error)})
                )
        if expected_root is not None and not (self._root and self._root.startswith(expected_root)):
            self._found.add(Discrepancy("seal_unknown", facts={"root": expected_root.hex()[:16]}))

    def _check_document(self, digest: str, name: str) -> None:
        content = self._part(document_part(digest))
        if content is not None:
            self._found.documents += 1
            if sha256(content).hexdigest() != digest:
                self._found.add(Discrepancy("document_changed", facts={"digest": digest, "name": name}))

    def _check_case(self, folder: str, must_be_covered: bool) -> None:
        parts = [self._part(folder + part) for part in (CASE, RECORDS, HASHES)]
        described, records, hashes = parts
        if described is None or records is None or hashes is None:
            return
        try:
            copied = msgspec.json.decode(described, type=CopiedCase)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._damaged(folder + CASE, str(error))
            return
        if copied.case in self._cases:
            self._found.add(Discrepancy("part_unknown", facts={"part": folder}))
        self._cases.add(copied.case)
        check = self._check_chain(copied, records, hashes, folder)
        self._found.count(check)
        if copied.inclusion is None and must_be_covered:
            self._found.add(Discrepancy("not_covered", copied.case))
        for digest in check.documents:
            if digest not in self._digests:
                self._found.add(Discrepancy("document_missing", copied.case, 0, {"digest": digest}))

    def _check_chain(self, copied: CopiedCase, records: bytes, hashes: bytes, folder: str) -> CaseCheck:
        bodies, prints = records.split(b"\n"), hashes.split(b"\n")
        if bodies.pop() or prints.pop():
            self._damaged(folder + RECORDS, _("its last line does not end"))
        ends = list(self._sealed_end(copied, copied.inclusion))
        check = CaseCheck(copied.case, ends, self._found.add)
        last = b""
        for seq, body in enumerate(bodies):
            last = (_bytes(prints[seq].decode(errors="replace")) if seq < len(prints) else None) or b""
            check.take(seq, body, last)
        check.finish(None, listed=False)
        if len(prints) > len(bodies):
            self._damaged(folder + HASHES, _("it has more lines than there are records"))
        if copied.records > check.records > 0:
            facts = {"source": folder + CASE, "records": str(copied.records)}
            self._found.add(Discrepancy("tail_cut", copied.case, check.records, facts))
        elif (copied.records, _bytes(copied.head)) != (check.records, last):
            self._found.add(Discrepancy("case_rewritten", copied.case, check.records - 1, {"source": folder + CASE}))
        return check

    def _sealed_end(self, copied: CopiedCase, inclusion: Inclusion | None) -> Iterator[SealedEnd]:
        """Where the seal found the case's end, if the proof leads from there to the seal."""
        seal = self._manifest.seal
        if inclusion is None:
            return
        head, path = _bytes(inclusion.head), [_bytes(beside) for beside in inclusion.path]
        if head is not None and seal is not None and len(path) <= LONGEST_PATH:
            sure = [beside for beside in path if beside is not None]
            root = root_from(leaf(copied.case, inclusion.records, head), inclusion.index, seal.cases, sure)
            if len(sure) == len(path) and root is not None and root == self._root:
                yield SealedEnd(seal.number, inclusion.records, head)
                return
        self._found.add(Discrepancy("not_covered", copied.case))

    def _part(self, name: str) -> bytes | None:
        try:
            return _content(self._file, name, PART_LIMIT)
        except KeyError:
            self._damaged(name, _("it is missing"))
        except ZIP_TROUBLE as error:
            self._damaged(name, str(error))
        return None

    def _damaged(self, part: str, reason: str) -> None:
        self._found.add(Discrepancy("part_damaged", facts={"part": part, "reason": reason}))


def _bytes(digits: str) -> bytes | None:
    """The hash that 64 lower-case hexadecimal digits write; None for anything else."""
    return bytes.fromhex(digits) if HASH.fullmatch(digits) else None


def _no_copy(path: Path, reason: str) -> DialtestError:
    return DialtestError(
        _("{file} is no copy of evidence: {reason}.").format(
            file=printable(str(path)), reason=printable(reason.rstrip("."), 300)
        ),
        _("Copies are made by `dialtest evidence export`."),
    )
