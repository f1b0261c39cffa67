"""Complaints the dials raised, and whether the carrier answered them within the policy's limit (D7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dialtest.evidence.record import AnyRecord, Outcome
from dialtest.model.observation import Complained
from dialtest.policy.policy import Policy
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import complaints

ComplaintStatus = Literal["in_time", "late", "waiting", "overdue"]


@dataclass(frozen=True, slots=True)
class ComplaintMade:
    """One complaint: about which service, when, answered by when at the latest, and when it was (None: not seen).

    `heard_at` is when the answer was on the handset, which may be later than when it was sent.
    """

    case: str
    provider_code: str
    service_code: str
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None
    heard_at: datetime | None

    def status(self, on: datetime) -> ComplaintStatus:
        """How it stood at `on`; an answer heard later was not there."""
        if self.answered_at is not None and self.heard_at is not None and self.heard_at < on:
            return "in_time" if self.answered_at <= self.due_at else "late"
        return "waiting" if on <= self.due_at else "overdue"

    @property
    def took(self) -> timedelta | None:
        """From complaint to answer."""
        return self.answered_at - self.made_at if self.answered_at else None


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """Complaints of one period by status at its end, and how long answers took: the middle one and the longest."""

    made: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    median: timedelta | None
    longest: timedelta | None

    @property
    def share_in_time(self) -> float | None:
        """In time ÷ those whose limit is over or that are answered; None without any."""
        judged = self.in_time + self.late + self.overdue
        return self.in_time / judged if judged else None


def complaints_of(records: Sequence[AnyRecord], policy: Policy) -> list[ComplaintMade]:
    """The complaints of one case; most cases have none, and are passed over quickly."""
    if not any(type(record) is Outcome and type(record.result) is Complained for record in records):
        return []
    case = records[0].case
    return [
        ComplaintMade(
            case,
            *made.service,
            made.at,
            made.answer_due_at,
            made.answer.value.sent_at if made.answer else None,
            made.answer.at if made.answer else None,
        )
        for made in complaints(CaseEvidence(records, policy))
    ]


def counted(made: Sequence[ComplaintMade], on: datetime) -> ComplaintCounts:
    """How these complaints stood at `on`."""
    statuses = [one.status(on) for one in made]
    took = sorted(one.took for one in made if one.took is not None and one.status(on) in ("in_time", "late"))
    return ComplaintCounts(
        made=len(made),
        in_time=statuses.count("in_time"),
        late=statuses.count("late"),
        waiting=statuses.count("waiting"),
        overdue=statuses.count("overdue"),
        median=took[len(took) // 2] if took else None,
        longest=took[-1] if took else None,
    )
