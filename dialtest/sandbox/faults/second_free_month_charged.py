"""Who orders late in the month gets one free month instead of two."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ledger import Subscription


class SecondFreeMonthCharged(Fault):
    """Orders from the 21st on are charged on the very next 1st (T3)."""

    rule: ClassVar[str] = "charge-in-free-period"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "order-21st-first-minute"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_cut(self, honest: datetime, subscription: Subscription) -> datetime:
        month_before = (honest - timedelta(days=1)).replace(day=1)
        return month_before if month_before > subscription.ordered_at else honest
