"""What the meeting decided so far on each matter, as the weekly report shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.evidence.record import Decided
from dialtest.model.finding import Severity
from dialtest.model.matter import MatterState, Move
from dialtest.review.matter_file import MatterFile
from dialtest.review.states import possible

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """A matter's id and state, what may be decided next, every decision so far with the first digits of its hash.

    `deadline` is the one that runs, None where none does; `refund_due_fen` adds what all its findings say is owed.
    """

    id: str
    state: MatterState
    moves: tuple[Move, ...]
    decided: tuple[tuple[Decided, str], ...]
    deadline: datetime | None
    refund_due_fen: int


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A matter of earlier weeks that is not settled and was not found in this one."""

    key: Key
    severity: Severity
    review: Review


def reviews(files: Sequence[MatterFile]) -> dict[Key, Review]:
    """Where every matter stands, by provider, service and rule."""
    return {_key(file): _review(file) for file in files}


def still_open(files: Sequence[MatterFile], shown: Mapping[Key, object], ends: datetime) -> tuple[StillOpen, ...]:
    """Matters found before `ends`, taken up by the meeting and not settled, other than those `shown` anyway."""
    return tuple(
        StillOpen(_key(file), file.severity, _review(file))
        for file in files
        if file.entries and not file.settled and _key(file) not in shown and _first(file) < ends
    )


def _first(file: MatterFile) -> datetime:
    return file.findings[0].due_at if file.findings else file.entries[0].decided.at


def _key(file: MatterFile) -> Key:
    return (file.key.provider_code, file.key.service_code, file.key.rule)


def _review(file: MatterFile) -> Review:
    confirmed = file.last("confirm")
    runs = file.state in ("confirmed", "notified") and confirmed is not None
    return Review(
        file.key.id,
        file.state,
        possible(file.state),
        tuple((entry.decided, entry.hash[:12]) for entry in file.entries),
        confirmed.deadline if runs and confirmed else None,
        file.refund_due_fen,
    )
