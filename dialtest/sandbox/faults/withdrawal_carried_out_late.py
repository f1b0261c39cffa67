"""A withdrawal takes longer than a day."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class WithdrawalCarriedOutLate(Fault):
    """MISC carries the withdrawal out 28 hours after the wish (Q5)."""

    rule: ClassVar[str] = "withdrawal-late"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-and-ask-hourly"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def withdrawal_takes_s(self, honest_s: int) -> int:
        return 28 * 3600
