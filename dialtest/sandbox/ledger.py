"""What the carrier holds of each subscriber: balance, subscriptions, charges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dialtest.model.number import Number
from dialtest.model.observation import Change, Charge
from dialtest.model.service import Service


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
    """One subscriber."""

    number: Number
    balance_fen: int
    subscriptions: list[Subscription] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    pending: dict[str, datetime] = field(default_factory=dict)
    reminded_months: set[tuple[int, int]] = field(default_factory=set)

    def active(self, service: Service) -> Subscription | None:
        """The active subscription to `service`, if any."""
        return next((held for held in self.subscriptions if held.active and held.service is service), None)

    def ordered_before(self, service: Service) -> bool:
        """Whether this subscriber ever ordered `service` (T3: only first orders are free)."""
        return any(held.service is service for held in self.subscriptions)

    def charge(self, service: Service, fee_fen: int, kind: str, at: datetime) -> bool:
        """Take a fee; a subscriber without the money is not charged."""
        if self.balance_fen < fee_fen:
            return False
        self.balance_fen -= fee_fen
        self.charges.append(
            Charge(
                at,
                service.provider_code,
                service.service_code,
                service.provider_name,
                service.name,
                fee_fen,
                "monthly" if kind == "monthly" else "per_use",
            )
        )
        return True
