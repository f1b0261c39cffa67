"""One case as a time line: each record with its time on the market's clock, what happened, and its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import AnyRecord, Opened, decode
from dialtest.evidence.told import told
from dialtest.language import _
from dialtest.policy.load import parse_policy
from dialtest.policy.policy import Policy

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One record: its number, its time in the market's zone (None: it cannot be read), its kind as the journal has it,
    what it says in one line safe to show, its hash in hexadecimal.
    """

    seq: int
    at: datetime | None
    kind: str
    text: str
    hash: str


def timeline(journal: Journal, case: str) -> list[TimelineLine]:
    """Every record of a case, in order; one that cannot be read is a line that says so.

    Raises DialtestError for a case the journal does not have.
    """
    table = schema.records.c
    query = select(table.seq, table.body, table.hash).where(table.case == case).order_by(table.seq)
    with journal.reading() as connection:
        rows = [(seq, _read(body), bytes(hash_).hex()) for seq, body, hash_ in connection.execute(query)]
    if not rows:
        raise DialtestError(
            _("The journal has no case “{case}”.").format(case=printable(case, 200)),
            _("`dialtest status` and the reports name the cases there are."),
        )
    policy = _policy(journal, (record for _seq, record, _hash in rows))
    return [_line(seq, record, hash_, policy) for seq, record, hash_ in rows]


def _read(body: bytes) -> AnyRecord | None:
    try:
        return decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError):
        return None


def _line(seq: int, record: AnyRecord | None, hash_: str, policy: Policy | None) -> TimelineLine:
    if record is None:
        return TimelineLine(seq, None, UNREADABLE, _("This is not a record."), hash_)
    at = policy.local(record.at) if policy else record.at
    return TimelineLine(seq, at, str(record.__struct_config__.tag), told(record, policy), hash_)


def _policy(journal: Journal, records: Iterable[AnyRecord | None]) -> Policy | None:
    """The policy the case was dialled under, frozen with it; None where it was lost."""
    digest = next((record.policy for record in records if isinstance(record, Opened)), "")
    try:
        return parse_policy(journal.document(digest), digest[:12]) if digest else None
    except DialtestError:
        return None
