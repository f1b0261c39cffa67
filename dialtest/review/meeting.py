"""The week's decisions to take (D2): which matters wait for the meeting, most harmful first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.clock import Week
from dialtest.evidence.journal import Journal
from dialtest.model.matter import Move
from dialtest.policy.policy import Policy
from dialtest.review.matter_file import MatterFile
from dialtest.review.outcome import Outcome, retest_outcome
from dialtest.review.states import possible


@dataclass(frozen=True, slots=True)
class Item:
    """A matter on the agenda: `this_week` of its findings became due in the week, `overdue` its deadline has passed.

    `waits` says that the provider or a retest is to act next, not the meeting.
    """

    file: MatterFile
    this_week: int
    overdue: bool
    waits: bool
    outcome: Outcome | None

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the meeting may decide."""
        return possible(self.file.state)


def agenda(
    journal: Journal, files: Sequence[MatterFile], policy: Policy, week: Week | None, now: datetime
) -> tuple[Item, ...]:
    """Every matter found by the end of `week` (None: to date) that is not settled, most harmful first."""
    starts = week.start(policy.zone) if week else None
    ends = week.end(policy.zone) if week else None
    items = (_item(journal, file, starts, ends, now) for file in files if not file.settled)
    known = (item for item in items if ends is None or not item.file.findings or item.file.findings[0].due_at < ends)
    return tuple(sorted(known, key=lambda item: item.file.harm))


def _item(journal: Journal, file: MatterFile, starts: datetime | None, ends: datetime | None, now: datetime) -> Item:
    last = file.last("confirm")
    late = file.state in ("confirmed", "notified") and last is not None and last.deadline is not None
    overdue = bool(late and last and last.deadline and now > last.deadline)
    outcome = retest_outcome(journal, file) if file.state == "rectified" else None
    waits = (file.state == "notified" and not overdue) or bool(outcome and outcome.waiting)
    this_week = sum(
        (starts is None or finding.due_at >= starts) and (ends is None or finding.due_at < ends)
        for finding in file.findings
    )
    return Item(file, this_week, overdue, waits, outcome)
