"""BOSS learns of orders at night only."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class OrderUnknownUntilNight(Fault):
    """MISC does not report the order; the daily reconciliation finds it (Q3)."""

    rule: ClassVar[str] = "query-misses-subscription"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-and-ask-hourly"
    also: ClassVar[frozenset[str]] = frozenset(
        {"withdrawal-refused", "withdrawal-unconfirmed", "withdrawal-ignored", "charge-after-withdrawal"}
    )
    also_because: ClassVar[str] = "who wants to leave on the first day is not known"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def reports_order(self) -> bool:
        return False
