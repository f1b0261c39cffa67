"""A withdrawn subscription goes on costing."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ChargeAfterWithdrawal(Fault):
    """The withdrawal is confirmed and shown, and the fee is taken all the same (T5)."""

    rule: ClassVar[str] = "charge-after-withdrawal"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    also: ClassVar[frozenset[str]] = frozenset({"charge-twice-a-month"})
    also_because: ClassVar[str] = "who orders again pays the old fee beside the new one"

    def charges_on(self) -> bool:
        return True
