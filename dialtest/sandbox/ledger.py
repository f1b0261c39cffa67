"""What the carrier holds of each subscriber: balance, subscriptions, charges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dialtest.model.number import Number
from dialtest.model.observation import Change, Charge
from dialtest.model.service import Service
from dialtest.sandbox.chance import Chance


@dataclass(slots=True)
class Subscription:
    """One subscription 定购关系. `asked_to_end_at` is when the customer asked to withdraw; `ended_at` when it ended."""

    service: Service
    ordered_at: datetime
    channel: str
    first_order: bool
    first_charge_at: datetime
    asked_to_end_at: datetime | None = None
    ended_at: datetime | None = None
    history: list[Change] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return self.ended_at is None


@dataclass(slots=True)
class Account:
    """One subscriber. `chance` is its own, so that its fate never depends on another's."""

    number: Number
    balance_fen: int
    chance: Chance
    subscriptions: list[Subscription] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    pending: dict[str, datetime] = field(default_factory=dict)
    reminded_months: set[tuple[int, int]] = field(default_factory=set)
    receipts_at: set[datetime] = field(default_factory=set)

    def active(self, service: Service) -> Subscription | None:
        """The active subscription to `service`, if any."""
        for held in self.subscriptions:
            if held.service is service and held.ended_at is None:
                return held
        return None

    def ordered_before(self, service: Service) -> bool:
        """Whether this subscriber ever ordered `service` (T3: only first orders are free)."""
        return any(held.service is service for held in self.subscriptions)

    def charge(self, service: Service, fee_fen: int, kind: Literal["monthly", "per_use"], at: datetime) -> bool:
        """Take a fee; a subscriber without the money is not charged."""
        if self.balance_fen < fee_fen:
            return False
        self.balance_fen -= fee_fen
        codes = service.provider_code, service.service_code
        self.charges.append(Charge(at, *codes, service.provider_name, service.name, fee_fen, kind))
        return True
