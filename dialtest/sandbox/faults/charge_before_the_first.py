"""The fee is taken two days before it may be."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class ChargeBeforeTheFirst(Fault):
    """The first cut comes two days early, within the last free month (T5)."""

    rule: ClassVar[str] = "charge-before-the-first"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-through-first-bill"
    also: ClassVar[frozenset[str]] = frozenset({"charge-in-free-period"})
    also_because: ClassVar[str] = "two days before the first charge it is still free"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_cut(self, honest: datetime, subscription: Subscription) -> datetime:
        return honest - timedelta(days=2)
