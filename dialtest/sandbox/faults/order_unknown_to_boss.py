"""MISC alone knows of the order."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class OrderUnknownToBoss(Fault):
    """MISC never reports the order to BOSS, and no reconciliation finds it: charged, and no channel shows it (Q3)."""

    rule: ClassVar[str] = "query-misses-subscription"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-and-ask-hourly"
    also: ClassVar[frozenset[str]] = frozenset(
        {
            "second-reminder-missing",
            "existing-reminder-missing",
            "withdrawal-refused",
            "withdrawal-unconfirmed",
            "charge-after-withdrawal",
            "refund-missing",
        }
    )
    also_because: ClassVar[str] = "what BOSS does not know it neither reminds of, nor ends, nor gives back"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def reports_order(self) -> bool:
        return False

    def reconciles(self) -> bool:
        return False
