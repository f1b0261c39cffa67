"""A withdrawal is lost between BOSS and MISC."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class WithdrawalLost(Fault):
    """The wish is confirmed, never reaches MISC, and nobody follows it up: the subscription goes on (Q3, Q5)."""

    rule: ClassVar[str] = "withdrawal-ignored"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-and-watch"
    also: ClassVar[frozenset[str]] = frozenset({"charge-after-withdrawal"})
    also_because: ClassVar[str] = "what MISC was never told to end is charged for"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def reconciles(self) -> bool:
        return False

    def follows_up_withdrawal(self) -> bool:
        return False
