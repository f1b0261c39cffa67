"""What BOSS keeps an eye on between the two ledgers (Q3, Q5), and what it found out of step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dialtest.model.service import Service
from dialtest.sandbox.ledger import Account, Subscription

What = Literal["order_unknown_to_boss", "wish_unknown_to_misc", "end_unknown_to_boss", "wish_unanswered"]


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """One thing found out of step and put right, and what found it: BOSS's timer or the daily reconciliation."""

    at: datetime
    msisdn: str
    service: Service
    ordered_at: datetime
    what: What
    found_by: Literal["timer", "reconciliation"]


@dataclass(slots=True)
class Watch:
    """Wishes that MISC has not answered yet, subscribers with changes since the last reconciliation, what was found."""

    unanswered: list[tuple[Account, Subscription]] = field(default_factory=list)
    changed: dict[str, Account] = field(default_factory=dict)
    found: list[OutOfStep] = field(default_factory=list)
