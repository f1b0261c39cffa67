"""The subscriptions a case's orders made, one after another: who withdraws and orders again has a new one (T3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dialtest.model.observation import Message
from dialtest.rules.active_use import Order, Withdrawal
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared


class Subscription(Struct, frozen=True):
    """One of them: the order that made it, whether that was the first of the service (T3), the wishes to withdraw from
    it, refused ones included, and the order that made the next one. What the case shows from record `since_seq`
    on, until that next order, is about it.
    """

    order: Order
    first: bool
    wishes: tuple[Withdrawal, ...]
    followed_by: Order | None
    since_seq: int

    def saw(self, noted: Sequence[Noted[Message]]) -> list[Noted[Message]]:
        """Those that are about it."""
        until = self.followed_by
        return [one for one in noted if self.since_seq <= one.seq and (until is None or one.seq < until.seq)]

    def watched_until(self, when: datetime, evidence: CaseEvidence) -> bool:
        """Whether the case went on until then without another order."""
        return evidence.ended_at >= when and (self.followed_by is None or self.followed_by.at >= when)


@shared
def subscriptions(evidence: CaseEvidence) -> tuple[Subscription, ...]:
    """All of the case, oldest first. An order of what was not shown to have ended makes none: it may be there still."""
    if evidence.subscription_order is None:
        return ()
    at_once = evidence.market.order.confirmation == "none"
    orders: list[Order] = []
    for order in (order for order in evidence.orders if order.confirmed or at_once):
        if not orders or _ended_between(evidence, orders[-1], order):
            orders.append(order)
    return tuple(
        Subscription(
            order,
            place == 0 and not evidence.ordered_earlier,
            tuple(_between(evidence, order, after)),
            after,
            order.seq if place else 0,
        )
        for place, (order, after) in enumerate(zip(orders, [*orders[1:], None], strict=True))
    )


def shown(evidence: CaseEvidence, order: Order) -> bool:
    """Whether anything shows that an order made a subscription."""
    if order is evidence.subscription_order:
        return evidence.subscribed
    rows = any(noted.value.ordered_at >= order.asked_at - CLOCK_SLACK for noted in evidence.own_rows)
    charges = any(noted.value.charged_at > order.at for noted in evidence.own_charges)
    return rows or charges or any(noted.seq > order.seq for noted in evidence.first_reminders)


def _ended_between(evidence: CaseEvidence, order: Order, after: Order) -> bool:
    """Whether a wish in between was confirmed or shown carried out, and nothing showed it active since."""
    wish = next((wish for wish in _between(evidence, order, after) if wish.accepted is not False), None)
    if wish is None:
        return False
    rows = [noted.value.status for noted in evidence.own_rows if wish.seq < noted.seq < after.seq]
    confirmed = any(wish.seq < noted.seq < after.seq for noted in evidence.withdrawal_confirmations)
    return "active" not in rows[-1:] and (confirmed or "withdrawn" in rows)


def _between(evidence: CaseEvidence, order: Order, after: Order | None) -> list[Withdrawal]:
    """The wishes after an order and before another; within a second the journal's order decides."""
    since = [wish for wish in evidence.withdrawals if (order.asked_at, order.seq) < (wish.at, wish.seq)]
    return [wish for wish in since if after is None or (wish.at, wish.seq) < (after.at, after.seq)]
