"""What the carrier holds of each subscriber: balance, charges, and the subscriptions as BOSS and as MISC have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from dialtest.model.number import Number
from dialtest.model.observation import Change, Charge, Refund
from dialtest.model.service import Service
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.link import Line

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Subscription:
    """One subscription 定购关系, as one of the two ledgers has it.

    `asked_to_end_at` is when the customer asked to withdraw, `withdrawn_over` the channel; `ended_at` when it ended;
    `updated_at` when this ledger was last changed.
    """

    service: Service
    ordered_at: datetime
    channel: str
    first_order: bool
    first_charge_at: datetime
    asked_to_end_at: datetime | None = None
    ended_at: datetime | None = None
    history: list[Change] = field(default_factory=list)
    withdrawn_over: str = ""
    updated_at: datetime = NEVER

    @property
    def active(self) -> bool:
        return self.ended_at is None


class Request(NamedTuple):
    """What a customer asked for: an order or a use is the proof of active use (R2), a wish to withdraw ends it."""

    at: datetime
    service: Service
    what: Literal["order", "withdraw"]


@dataclass(slots=True)
class Complaint:
    """One complaint and what became of it. `provider_told_at`: when front-line staff told the provider (R4);
    `refund_fen`: what was decided to give back, without the return on top.
    """

    at: datetime
    service: Service
    reference: str
    wants: str
    decided_at: datetime | None = None
    provider_told_at: datetime | None = None
    refund_fen: int = 0


@dataclass(slots=True)
class Redress:
    """What a subscriber complained of, and what came of it; `settled` are the places in `charges` it settled."""

    complaints: list[Complaint] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Account:
    """One subscriber. `chance` is its own, so that its fate never depends on another's.

    `subscriptions` is BOSS's ledger, which screens and halls go by; `at_misc` is MISC's, which orders come in at;
    `line` is what lies between them.
    """

    number: Number
    balance_fen: int
    chance: Chance
    subscriptions: list[Subscription] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    pending: dict[str, datetime] = field(default_factory=dict)
    reminded_months: set[tuple[int, int]] = field(default_factory=set)
    receipts_at: set[datetime] = field(default_factory=set)
    requests: list[Request] = field(default_factory=list)
    at_misc: list[Subscription] = field(default_factory=list)
    line: Line | None = None
    redress: Redress | None = None

    def active(self, service: Service) -> Subscription | None:
        """The active subscription to `service` in BOSS, if any."""
        return held_in(self.subscriptions, service)

    def ordered(self, service: Service) -> list[datetime]:
        """When the customer ordered it, oldest first."""
        return [request.at for request in self.requests if request.service is service and request.what == "order"]

    def charge(self, service: Service, fee_fen: int, kind: Literal["monthly", "per_use"], at: datetime) -> bool:
        """Take a fee; a subscriber without the money is not charged."""
        if self.balance_fen < fee_fen:
            return False
        self.balance_fen -= fee_fen
        codes = service.provider_code, service.service_code
        self.charges.append(Charge(at, *codes, service.provider_name, service.name, fee_fen, kind))
        return True


def held_in(ledger: list[Subscription], service: Service) -> Subscription | None:
    """The active subscription to `service` in one of the ledgers, the latest of them, if any."""
    for held in reversed(ledger):
        if held.service is service and held.ended_at is None:
            return held
    return None


def entry(ledger: list[Subscription], service: Service, ordered_at: datetime) -> Subscription | None:
    """The entry of one order in one of the ledgers, ended or not."""
    for held in ledger:
        if held.service is service and held.ordered_at == ordered_at:
            return held
    return None
