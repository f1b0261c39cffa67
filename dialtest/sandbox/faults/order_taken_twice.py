"""A copy of the order brings the subscription back."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class OrderTakenTwice(Fault):
    """Three days later a copy of the order reaches BOSS and passes for a new one: what had ended is back (Q3, Q5)."""

    rule: ClassVar[str] = "withdrawal-undone"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-and-watch"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def repeats_order_after_days(self) -> int:
        return 3

    def reconciles(self) -> bool:
        return False
