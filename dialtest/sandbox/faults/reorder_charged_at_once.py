"""Whoever comes back pays the same minute."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class ReorderChargedAtOnce(Fault):
    """The first fee of a re-order is taken a minute after it, instead of on the next 1st (T3, T5)."""

    rule: ClassVar[str] = "charge-before-the-first"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "order-again"
    also: ClassVar[frozenset[str]] = frozenset({"charge-in-free-period"})
    also_because: ClassVar[str] = "until its first charge is due a re-order costs nothing either"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_cut(self, honest: datetime, subscription: Subscription) -> datetime:
        return honest if subscription.first_order else subscription.ordered_at + timedelta(minutes=1)
