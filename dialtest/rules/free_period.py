"""From when a case's orders may be charged (T3, T5)."""

from __future__ import annotations

from datetime import datetime

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.shared import shared


@shared
def first_charges(evidence: CaseEvidence) -> list[tuple[datetime, datetime]]:
    """When each order was made and when it is charged first; only the first order of a service has a free month."""
    policy, first = evidence.policy, not evidence.ordered_earlier
    dates = []
    for order in evidence.orders:
        dates.append((order.at, policy.first_charge(order.at, first)))
        first = False
    return dates


def allowed_from(evidence: CaseEvidence, charged_at: datetime) -> datetime | None:
    """The earliest first charge of all orders up to then; None where nothing was ordered by then."""
    allowed = [first for ordered_at, first in first_charges(evidence) if ordered_at <= charged_at]
    return min(allowed) if allowed else None
