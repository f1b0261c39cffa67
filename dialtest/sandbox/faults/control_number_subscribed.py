"""Numbers that never ordered are subscribed."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ControlNumberSubscribed(Fault):
    """Idle numbers are subscribed without any act of their owners."""

    rule: ClassVar[str] = "subscription-without-order"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "control-number"
    also: ClassVar[frozenset[str]] = frozenset({"charge-without-use"})
    also_because: ClassVar[str] = "a subscription nobody ordered is charged for on the next 1st"

    def preys_on_idle_numbers(self) -> bool:
        return True
