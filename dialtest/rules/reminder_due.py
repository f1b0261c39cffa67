"""When reminder 2 of the case's subscriptions is due (T4)."""

from __future__ import annotations

from datetime import datetime

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.shared import shared
from dialtest.rules.subscriptions import Subscription, subscriptions

Window = tuple[datetime, datetime]


@shared
def second_reminders_due(evidence: CaseEvidence) -> tuple[tuple[Subscription, Window], ...]:
    """The subscriptions whose reminder 2 is due, and from when until when (excluded) it must be sent.

    A wish to withdraw before the window closes makes the reminder needless, whatever became of the wish.
    """
    windows = (
        (one, evidence.policy.second_reminder_window(one.order.at, one.first)) for one in subscriptions(evidence)
    )
    return tuple(
        (one, window) for one, window in windows if window and not any(wish.at < window[1] for wish in one.wishes)
    )
