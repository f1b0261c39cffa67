"""What a complaint is verified against (R1, R2): the carrier's own charges, orders, wishes to withdraw and filings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from dialtest.model.observation import Charge
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.refund import Ground
from dialtest.sandbox.ledger import Account


class Wrong(Struct, frozen=True):
    """A charge of an account that is wrong: its place among the charges, by how much, on which ground (R2).

    `clear`: charges and filing alone show it, so that front-line staff can decide at once (R4).
    """

    place: int
    fen: int
    ground: Ground
    clear: bool


def wrong_charges(policy: Policy, account: Account, service: Service) -> list[Wrong]:
    """Every charge of `service` that is wrong and that no complaint has settled yet, oldest first (R1, R2)."""
    settled = account.redress.settled if account.redress is not None else frozenset()
    monthly = _monthly(policy, account, service) if service.billing_type == "monthly" else ()
    per_use = _per_use(account, service)
    found = sorted((*monthly, *per_use), key=lambda wrong: wrong.place)
    return [wrong for wrong in found if wrong.place not in settled]


def charges_of(account: Account, service: Service) -> list[tuple[int, Charge]]:
    """The charges of a service and their places, oldest first."""
    key = service.provider_code, service.service_code
    return [
        (place, charge)
        for place, charge in enumerate(account.charges)
        if (charge.provider_code, charge.service_code) == key
    ]


def _monthly(policy: Policy, account: Account, service: Service) -> Iterator[Wrong]:
    """What of a subscription's fees is not owed, whole, or taken above the filing, the excess."""
    orders = account.ordered(service)
    before: datetime | None = None
    for place, charge in charges_of(account, service):
        if charge.kind == "monthly":
            at = charge.charged_at
            doubled = before is not None and at < policy.next_charge(before)
            if not any(ordered_at <= at for ordered_at in orders):
                yield Wrong(place, charge.fee_fen, "no_active_use", not orders)
            elif doubled or _off_the_first(policy, at):
                yield Wrong(place, charge.fee_fen, "billing_wrong", True)
            elif at < _allowed(policy, orders, at) or _withdrawn(account, service, at):
                yield Wrong(place, charge.fee_fen, "billing_wrong", False)
            elif charge.fee_fen > service.fee_fen:
                yield Wrong(place, charge.fee_fen - service.fee_fen, "billing_wrong", True)
            before = at


def _per_use(account: Account, service: Service) -> Iterator[Wrong]:
    """Charges per use: one for each use asked for, at the filed tariff; monthly ones contradict the filing."""
    uses = account.ordered(service) if service.billing_type == "per_use" else []
    for place, charge in charges_of(account, service):
        if charge.kind == "monthly":
            if service.billing_type == "per_use":
                yield Wrong(place, charge.fee_fen, "data_contradictory", True)
        elif not uses or uses[0] > charge.charged_at:
            yield Wrong(place, charge.fee_fen, "no_active_use", False)
        else:
            uses.pop(0)
            if charge.fee_fen > service.fee_fen:
                yield Wrong(place, charge.fee_fen - service.fee_fen, "billing_wrong", True)


def _off_the_first(policy: Policy, at: datetime) -> bool:
    """Whether a fee was cut on another day than the 1st, where the market cuts on the 1st (T5)."""
    return policy.terms(at).charging.cycle == "calendar_month" and policy.local(at).day != 1


def _allowed(policy: Policy, orders: Sequence[datetime], at: datetime) -> datetime:
    """From when the orders up to `at` may be charged: the first one has a free month (T3)."""
    return min(policy.first_charge(order, place == 0) for place, order in enumerate(orders) if order <= at)


def _withdrawn(account: Account, service: Service, at: datetime) -> bool:
    """Whether the customer's last word before the fee was to withdraw: the time of the request decides (T5)."""
    asked = [
        request.what
        for request in account.requests
        if request.service is service and (request.at < at or (request.at == at and request.what == "order"))
    ]
    return asked[-1:] == ["withdraw"]
