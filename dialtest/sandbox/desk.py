"""The carrier's unified query (Q2)."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription


def answer(core: Core, account: Account, channel: str) -> Answer:
    """What the screen shows of this subscriber: services of every type, national and local (Q1), the same over every
    channel (Q7), with a history of one year.
    """
    shown = [held for held in account.subscriptions if held.ended_at is None or not _forgotten(core, held)]
    rows = [
        core.conduct(held.service, account, held.ordered_at).answer_row(_row(core, held), channel) for held in shown
    ]
    return Answer(core.now, channel, tuple(row for row in rows if row is not None))


def _forgotten(core: Core, ended: Subscription) -> bool:
    history = timedelta(days=core.terms.query.history_days)
    return ended.ended_at is not None and ended.ended_at < core.now - history


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
