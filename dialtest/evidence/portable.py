"""The portable copy of evidence: which parts its zip file has, and what each part says."""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT: Literal["dialtest-evidence"] = "dialtest-evidence"
VERSION: Literal[1] = 1
MANIFEST = "manifest.json"
GUIDE = "README.txt"
CASE = "case.json"
RECORDS = "records.jsonl"
HASHES = "hashes.txt"

MANIFEST_LIMIT = 16_000_000
PART_LIMIT = 64_000_000
"""Bytes of one part at most, unpacked; a copy that claims more is refused."""


class CopiedSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest seal when the copy was made; `root` in hexadecimal."""

    number: int
    at: str
    cases: int
    root: str


class CopiedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that cases were dialled with (policy, scenario); its part is named after its SHA-256 digest."""

    digest: str
    kind: str
    name: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the copy holds; `cases` counts the folders in cases/."""

    format: Literal["dialtest-evidence"]
    version: Literal[1]
    cases: int
    seal: CopiedSeal | None
    documents: tuple[CopiedDocument, ...]


class Inclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The proof that the seal covers this case: its end as sealed, its place among the sealed cases, the audit path."""

    records: int
    head: str
    index: int
    path: tuple[str, ...]


class CopiedCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: its name, the number of its records, the hash of the last, and the proof, if it was sealed."""

    case: str
    records: int
    head: str
    inclusion: Inclusion | None


def case_folder(number: int) -> str:
    """Where the parts of the case counted `number` (from 1) are."""
    return f"cases/{number:06d}/"


def document_part(digest: str) -> str:
    """Where a document's text is."""
    return f"documents/{digest}.txt"


GUIDE_TEXT = """\
Evidence of dial tests, copied by dialtest.

Check it:  dialtest evidence verify THIS-FILE --seal ROOT
ROOT is the seal printed in the campaign's reports; without it only the file's agreement with itself is shown.

cases/N/records.jsonl  one record a line, byte for byte as it was written when it happened
cases/N/hashes.txt     SHA-256 of each record, in hexadecimal
cases/N/case.json      the case's name, the head of its chain, and the proof that the seal covers it
documents/D.txt        the policy and the scenarios the cases were dialled with; D is the SHA-256 of the text
manifest.json          what the file holds, and the seal

By hand: the hash of a record is SHA-256 over the 32 bytes of the hash before it (32 zero bytes before the first) and
the bytes of its line without the line feed. The last hash is the head. A case's leaf in the seal is SHA-256 over a
zero byte, the case's name, a line feed, its number of records in decimal, a line feed and the 32 bytes of the head, as
far as "inclusion" in case.json says it was sealed. The path leads from the leaf to the root as in RFC 6962, 2.1.1.
"""
