"""The file 案卷 of a matter: its findings as they are judged now, and everything that was ever decided on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from dialtest.campaign.judging import findings
from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.journal import Journal, Tampered
from dialtest.evidence.record import Decided, decode
from dialtest.language import _
from dialtest.model.finding import SEVERITIES, BreachClass, Finding, Severity
from dialtest.model.matter import MatterKey, MatterState
from dialtest.review.states import FIRST, SETTLED
from dialtest.rules.wrong_charge import refund_due_fen


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision and the hash of its record, in hexadecimal."""

    decided: Decided
    hash: str


@dataclass(frozen=True, slots=True)
class MatterFile:
    """`findings` are those of the last judging, oldest first; `entries` all decisions, oldest first.

    A matter that was decided on stays, also where judging again no longer finds anything (`supported` False).
    """

    key: MatterKey
    findings: tuple[Finding, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def state(self) -> MatterState:
        return self.entries[-1].decided.state if self.entries else FIRST

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    @property
    def supported(self) -> bool:
        return bool(self.findings)

    @property
    def severity(self) -> Severity:
        """The worst of its findings; where there are none any more, what was decided on."""
        if self.findings:
            return max((finding.severity for finding in self.findings), key=SEVERITIES.index)
        return self.entries[-1].decided.severity

    @property
    def breach(self) -> BreachClass:
        return self.findings[-1].breach if self.findings else self.entries[-1].decided.breach

    @property
    def refund_due_fen(self) -> int:
        return sum(map(refund_due_fen, self.findings))

    @property
    def harm(self) -> tuple[object, ...]:
        """Sorts the most harmful first: severity, then cases, then money, then names, so that the order is total."""
        return (-SEVERITIES.index(self.severity), -len(self.findings), -self.refund_due_fen, self.key)

    def last(self, *moves: str) -> Decided | None:
        """The newest decision of one of these kinds; of any kind where none is named."""
        made = (entry.decided for entry in reversed(self.entries))
        return next((decided for decided in made if not moves or decided.move in moves), None)

    def findings_until(self, at: datetime) -> tuple[Finding, ...]:
        """Those whose verdict was due by `at`."""
        return tuple(finding for finding in self.findings if finding.due_at <= at)


def matter_files(journal: Journal) -> tuple[MatterFile, ...]:
    """Every matter found or decided on, most harmful first. Raises Tampered where a chain does not hold."""
    found: dict[MatterKey, list[Finding]] = defaultdict(list)
    for finding in findings(journal):
        found[MatterKey(*finding.key[:3])].append(finding)
    decided = _entries(journal)
    files = (MatterFile(key, tuple(found.get(key, ())), decided.get(key, ())) for key in {*found, *decided})
    return tuple(sorted(files, key=lambda file: file.harm))


def the_matter(files: Iterable[MatterFile], wanted: str) -> MatterFile:
    """The matter named by its id, its key, or the name of a finding: PROVIDER/SERVICE/RULE/CASE.

    Raises DialtestError where there is none.
    """
    for file in files:
        names = (file.key.id, str(file.key))
        if wanted in names or any(wanted == "/".join(finding.key) for finding in file.findings):
            return file
    raise DialtestError(
        _("There is no matter “{id}”.").format(id=wanted[:200]),
        _("`dialtest review DIR` and the weekly report print the ids, such as M0123456789."),
    )


def _entries(journal: Journal) -> Mapping[MatterKey, tuple[Entry, ...]]:
    table = schema.records
    columns = (table.c.case, table.c.seq, table.c.body, table.c.hash)
    query = select(*columns).where(~schema.is_case(table.c.case)).order_by(table.c.case, table.c.seq)
    with journal.reading() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
    chains = (_chain(name, list(group)) for name, group in groupby(rows, key=lambda row: row[0]))
    return {_key(entries[0].decided): entries for entries in chains}


def _chain(name: str, rows: Sequence[tuple[str, int, bytes, bytes]]) -> tuple[Entry, ...]:
    entries, head = list[Entry](), GENESIS
    for place, (_name, seq, body, hash_) in enumerate(rows):
        head = link(head, body)
        record = decode(body) if head == hash_ and seq == place else None
        if not isinstance(record, Decided) or _key(record).chain != name:
            raise Tampered(
                _("The decisions on matter {id} were changed at record {seq}.").format(id=name[:40], seq=place),
                _("Run `dialtest evidence verify`."),
            )
        entries.append(Entry(record, head.hex()))
    return tuple(entries)


def _key(record: Decided) -> MatterKey:
    return MatterKey(record.provider_code, record.service_code, record.rule)
