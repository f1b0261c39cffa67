"""Everything that can be wrong with evidence, and the words for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, get_args

from dialtest.evidence.printable import printable
from dialtest.language import _

Kind = Literal[
    "record_changed",
    "record_missing",
    "record_twice",
    "record_misplaced",
    "record_unreadable",
    "record_after_close",
    "not_opened",
    "not_decided",
    "tail_cut",
    "case_missing",
    "case_rewritten",
    "case_row_missing",
    "case_row_changed",
    "not_covered",
    "document_changed",
    "document_missing",
    "seal_wrong",
    "seal_missing",
    "seal_unreadable",
    "seal_unknown",
    "part_damaged",
    "part_unknown",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FACT_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that does not hold. `case` and `seq` name the record, where it is one case's or one record's matter."""

    kind: Kind
    case: str = ""
    seq: int | None = None
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is wrong, in the active language, in one line safe to show."""
        named = {"case": self.case, "seq": str(self.seq), **self.facts}
        return _words(self.kind).format(**{name: printable(fact, FACT_CHARACTERS) for name, fact in named.items()})


Report = Callable[[Discrepancy], None]


def _words(kind: Kind) -> str:
    return {**_of_records(), **_of_cases(), **_of_the_rest()}[kind]


def _of_records() -> dict[Kind, str]:
    return {
        "record_changed": _("Case {case}, record {seq}: changed; its hash does not follow from it."),
        "record_missing": _("Case {case}, record {seq}: missing."),
        "record_twice": _("Case {case}, record {seq}: there is more than one."),
        "record_misplaced": _("Case {case}, record {seq}: it was written as record {found_seq} of case {found_case}."),
        "record_unreadable": _("Case {case}, record {seq}: not a record: {reason}."),
        "record_after_close": _("Case {case}, record {seq}: added after the case was closed."),
    }


def _of_cases() -> dict[Kind, str]:
    return {
        "not_opened": _("Case {case}, record {seq}: a case begins with being opened, once, and not otherwise."),
        "not_decided": _("{case}, record {seq}: decisions of the review stand in their own matter's chain, alone."),
        "tail_cut": _("Case {case}: cut off from record {seq} on; {source} says it has {records} records."),
        "case_missing": _("Case {case}: missing; {source} says it has {records} records."),
        "case_rewritten": _("Case {case}: rewritten at or before record {seq}; it is not what {source} holds."),
        "case_row_missing": _("Case {case}: missing from the list of cases."),
        "case_row_changed": _("Case {case}: the list of cases says otherwise than its records: {columns}."),
        "not_covered": _("Case {case}: not covered by the seal."),
    }


def _of_the_rest() -> dict[Kind, str]:
    return {
        "document_changed": _("Document {digest} ({name}): changed."),
        "document_missing": _("Document {digest}, which case {case} was dialled with: missing."),
        "seal_wrong": _("Seal {number}: it is not the seal of the cases listed for it."),
        "seal_missing": _("Seal {number}: missing."),
        "seal_unreadable": _("Seal {number}: not a seal: {reason}."),
        "seal_unknown": _("Seal {root}…: this evidence was never sealed so, or has been changed since."),
        "part_damaged": _("{part}: damaged or not as written: {reason}."),
        "part_unknown": _("{part}: it does not belong there."),
    }


def by_seal(number: int) -> str:
    """“seal 3”, as a source that says something of a case."""
    return _("seal {number}").format(number=number)


def by_list() -> str:
    """The list of cases, as a source that says something of a case."""
    return _("the list of cases")
