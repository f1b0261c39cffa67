"""The free month is not free."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class ChargeInFreePeriod(Fault):
    """The first fee is taken a day after the order (T3)."""

    rule: ClassVar[str] = "charge-in-free-period"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-through-first-bill"
    also: ClassVar[frozenset[str]] = frozenset({"charge-before-the-first"})
    also_because: ClassVar[str] = "a day after the order is hardly ever a 1st"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_cut(self, honest: datetime, subscription: Subscription) -> datetime:
        return min(honest, subscription.ordered_at + timedelta(days=1))
