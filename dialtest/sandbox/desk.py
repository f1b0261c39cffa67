"""The carrier's unified query (Q2) and the bill."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.observation import Answer, Bill, SubscriptionRow
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription


def answer(core: Core, account: Account, channel: str) -> Answer:
    """What the screen shows of this subscriber, the same over every channel; history of one year."""
    since = core.now - timedelta(days=core.policy.terms(core.now).query.history_days)
    shown = [held for held in account.subscriptions if held.ended_at is None or held.ended_at >= since]
    return Answer(core.now, channel, tuple(_row(core, held) for held in shown))


def bill(core: Core, account: Account) -> Bill:
    """Every charge so far, oldest first."""
    return Bill(core.now, tuple(account.charges))


def _row(core: Core, held: Subscription) -> SubscriptionRow:
    service = held.service
    return SubscriptionRow(
        provider_name=service.provider_name,
        access_number=service.access_number,
        service_name=service.name,
        ordered_at=held.ordered_at,
        service_type=service.service_type,
        billing_type="monthly",
        tariff=core.policy.tariff(service),
        status="active" if held.active else "withdrawn",
        order_channel=held.channel,
        history=tuple(held.history),
        service_hotline=service.hotline,
        contact=service.contact,
        giver="",
        description=service.description,
        attributes=service.attributes,
    )
