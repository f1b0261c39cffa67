"""When reminder 2 of the case's subscription is due (T4)."""

from __future__ import annotations

from datetime import datetime

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.shared import shared


@shared
def second_reminder_due(evidence: CaseEvidence) -> tuple[datetime, datetime] | None:
    """From when until when (excluded) it must be sent; None where none is: no such market, or withdrawn by then.

    A wish to withdraw before the window closes makes the reminder needless, whatever became of the wish.
    """
    order = evidence.subscription_order
    if order is None:
        return None
    window = evidence.policy.second_reminder_window(order.at, not evidence.ordered_earlier)
    if window is None or any(wish.at < window[1] for wish in evidence.withdrawals):
        return None
    return window
