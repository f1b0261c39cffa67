"""What a breach notice says, as data (D3): whom it is for, what was confirmed, on which evidence, until when to act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import CitedFinding, Decided
from dialtest.language import _
from dialtest.model.finding import Finding
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.review.credit import cost_of
from dialtest.review.matter_file import Entry, MatterFile
from reports.source import Source
from reports.timeline import TimeLine, time_line

CASES_IN_FULL = 2
HASHES_LISTED = 100


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A confirmed finding told in full."""

    finding: Finding
    time_line: TimeLine


@dataclass(frozen=True)
class NoticeView:
    """One notice. `number` is the matter's id and how often it was confirmed so far; `cited` what was confirmed, of
    which `listed` are still found when judged again, and `shown` those told in full; `seal` is the first that covers
    the decision, in hexadecimal, empty before there is one; `cost_points` what it costs in credit points (D8). What an
    earlier notice cited is not shown again while something newer is, and `demanded_fen` it demanded already.
    """

    number: str
    campaign: str
    policy: Policy
    provider_name: str
    service: Service | None
    file: MatterFile
    confirmed: Entry
    heard: tuple[Decided, ...]
    cited: tuple[CitedFinding, ...]
    listed: tuple[Finding, ...]
    shown: tuple[ShownFinding, ...]
    seal: str
    cost_points: int
    demanded_fen: int

    @property
    def refund_due_fen(self) -> int:
        """What is due and was not demanded before."""
        return max(0, self.decided.refund_due_fen - self.demanded_fen)

    @property
    def decided(self) -> Decided:
        return self.confirmed.decided

    @property
    def carriers_own(self) -> bool:
        """Whether the breach is the carrier's, not the provider's."""
        return self.decided.breach == "carrier_duty"


def notice_view(source: Source, file: MatterFile) -> NoticeView:
    """The notice of the newest confirmation; raises DialtestError for a matter that was never confirmed."""
    place = _newest_confirmation(file)
    if place is None:
        raise DialtestError(
            _("Matter {id} was never confirmed: there is no breach to give notice of.").format(id=file.key.id),
            _("Confirm it first: dialtest review confirm DIR {id}").format(id=file.key.id),
        )
    entry, decided = file.entries[place], file.entries[place].decided
    _still_stands(file, source.policy)
    before = _confirmed_before(file.entries[:place])
    known = {one.case for one in before.findings} if before else set[str]()
    newly_cited = tuple(one for one in decided.findings if one.case not in known) or decided.findings
    cited = {one.case for one in newly_cited}
    listed = tuple(finding for finding in file.findings if finding.case in cited)
    times = sum(one.decided.move == "confirm" for one in file.entries[: place + 1])
    key = file.key
    providers = {service.provider_code: service.provider_name for service in source.services.values()}
    return NoticeView(
        number=f"{key.id}-{times}",
        campaign=source.name,
        policy=source.policy,
        provider_name=providers.get(key.provider_code, ""),  # also of services its provider never filed
        service=source.services.get(f"{key.provider_code}/{key.service_code}"),
        file=file,
        confirmed=entry,
        heard=_heard(file.entries[:place]),
        cited=newly_cited,
        listed=listed,
        shown=tuple(_shown(source, finding, decided.at) for finding in listed[:CASES_IN_FULL]),
        seal=_first_seal(source.journal, decided),
        cost_points=cost_of(file, entry.decided, source.policy),
        demanded_fen=before.refund_due_fen if before else 0,
    )


def _newest_confirmation(file: MatterFile) -> int | None:
    places = [place for place, entry in enumerate(file.entries) if entry.decided.move == "confirm"]
    return places[-1] if places else None


def _still_stands(file: MatterFile, policy: Policy) -> None:
    last = file.last("confirm", "dismiss")
    if last is not None and last.move == "dismiss":
        raise DialtestError(
            _("The confirmation of matter {id} was taken back at {at} by {by}: {why}").format(
                id=file.key.id, at=f"{policy.local(last.at):%Y-%m-%d %H:%M}", by=last.by, why=last.why
            ),
            _("There is no breach to give notice of. dialtest review history DIR {id} shows what was decided.").format(
                id=file.key.id
            ),
        )


def _confirmed_before(entries: Sequence[Entry]) -> Decided | None:
    """The newest confirmation among these that was not taken back: its notice was given."""
    decided = (entry.decided for entry in reversed(entries) if entry.decided.move in ("confirm", "dismiss"))
    newest = next(decided, None)
    return newest if newest and newest.move == "confirm" else None


def _heard(entries: Sequence[Entry]) -> tuple[Decided, ...]:
    """What the provider said since the matter was last taken up."""
    heard: list[Decided] = []
    for entry in entries:
        if entry.decided.move == "hear":
            heard.append(entry.decided)
        elif entry.decided.move in ("recur", "reopen"):
            heard.clear()
    return tuple(heard)


def _shown(source: Source, finding: Finding, until: datetime) -> ShownFinding:
    return ShownFinding(finding, time_line(source.journal, finding.case, until, finding.records))


def _first_seal(journal: Journal, decided: Decided) -> str:
    sealed, seals = schema.sealed_cases.c, schema.seals.c
    query = (
        select(seals.root)
        .join(schema.sealed_cases, sealed.seal == seals.seal)
        .where((sealed.case == decided.case) & (sealed.records > decided.seq))
        .order_by(seals.seal)
        .limit(1)
    )
    with journal.reading() as connection:
        root = connection.execute(query).scalar()
    return bytes(root).hex() if root else ""
