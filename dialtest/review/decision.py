"""Takes a decision on a matter: checks that it may be taken, and adds it to the matter's chain in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import CitedFinding, Decided, KeptDocument
from dialtest.evidence.unfinished import take_up
from dialtest.language import _
from dialtest.model.finding import Finding
from dialtest.model.matter import Move
from dialtest.policy.policy import Policy
from dialtest.review.matter_file import Entry, MatterFile
from dialtest.review.states import NotPossible, after
from dialtest.rules.wrong_charge import refund_due_fen

BY_CHARACTERS = 100
WHY_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: by whom, why, when, and what goes with it."""

    move: Move
    by: str
    why: str
    at: datetime
    documents: tuple[KeptDocument, ...] = ()
    retests: tuple[str, ...] = ()


def decide(journal: Journal, file: MatterFile, ruling: Ruling, policy: Policy) -> MatterFile:
    """Record a ruling and give the file with it.

    Raises NotPossible where the matter's state does not allow it, DialtestError for a ruling without a name or a
    reason, one before the decision it follows, and one before anything was found. Where the journal refuses it, because
    somebody else decided at the same moment or the disk is full, nothing is kept.
    """
    state = after(file.state, ruling.move, file.key)
    check(file, ruling, policy)
    chain, records = take_up(journal, file.key.chain)
    if len(records) != len(file.entries):
        raise _overtaken(file)
    cited = file.findings_until(ruling.at)
    decided = Decided(
        file.key.chain, chain.seq, chain.seq, policy.local(ruling.at), file.key.provider_code, file.key.service_code,
        file.key.rule, file.severity, file.breach, ruling.move, state, ruling.by.strip(), ruling.why.strip(),
        _cited(journal, cited), ruling.documents, _deadline(ruling, policy), ruling.retests,
        sum(map(refund_due_fen, cited)),
    )  # fmt: skip
    try:
        journal.append(chain, decided)
        journal.commit()
    except DialtestError:
        journal.forget()
        raise
    return replace(file, entries=(*file.entries, Entry(decided, chain.head.hex())))


def check(file: MatterFile, ruling: Ruling, policy: Policy) -> None:
    """Raise for a ruling without a name or a reason, or dated before what it follows."""
    for what, text, most in (("--by", ruling.by, BY_CHARACTERS), ("--why", ruling.why, WHY_CHARACTERS)):
        if not 0 < len(text.strip()) <= most:
            raise DialtestError(
                _("{what} has {count} characters; 1 to {most} are expected.").format(
                    what=what, count=len(text.strip()), most=most
                ),
                _("Every decision is recorded with who took it and why."),
            )
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise DialtestError(
                _("{what} is no text: “{text}” has bytes that are not UTF-8.").format(
                    what=what, text=printable(text.strip(), BY_CHARACTERS)
                ),
                _("Set the terminal to UTF-8, then write it again."),
            )
    last = file.last()
    earliest = last.at if last else file.findings[0].due_at if file.findings else ruling.at
    if ruling.at < earliest:
        what = _("the decision before it") if last else _("the first finding")
        problem = _("The decision is dated {at}, before {what} of {earliest}.")
        times = {"at": _minute(ruling.at, policy), "earliest": _minute(earliest, policy)}
        raise NotPossible(problem.format(what=what, **times), _("Correct --at, or leave it out."))


def _minute(at: datetime, policy: Policy) -> str:
    return f"{policy.local(at):%Y-%m-%d %H:%M}"


def _deadline(ruling: Ruling, policy: Policy) -> datetime | None:
    """The end of the last day the provider has, counted from the confirmation (D3)."""
    review = policy.terms(ruling.at).review
    if ruling.move != "confirm" or review is None:
        return None
    last_day = policy.local(ruling.at).date() + timedelta(days=review.rectify_within_days)
    return policy.midnight(last_day + timedelta(days=1)) - timedelta(seconds=1)


def _cited(journal: Journal, findings: Sequence[Finding]) -> tuple[CitedFinding, ...]:
    """The findings with the hash that their last record has now: who knows the decision can check the evidence."""
    table = schema.records
    cited = []
    with journal.reading() as connection:
        for finding in findings:
            last = max(finding.records, default=0)
            place: Any = (table.c.case == finding.case) & (table.c.seq == last)
            hash_ = connection.execute(select(table.c.hash).where(place)).scalar()
            cited.append(CitedFinding(finding.case, finding.rule_version, last, bytes(hash_ or b"").hex()))
    return tuple(cited)


def _overtaken(file: MatterFile) -> NotPossible:
    return NotPossible(
        _("Matter {id} was decided on by somebody else meanwhile.").format(id=file.key.id),
        _("Look at it again: dialtest review history DIR {id}").format(id=file.key.id),
    )
