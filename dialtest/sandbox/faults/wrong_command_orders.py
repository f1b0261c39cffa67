"""A mistyped command orders."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.faults.fault import Fault


class WrongCommandOrders(Fault):
    """A command nobody filed is taken for an order (R2)."""

    rule: ClassVar[str] = "command-orders"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "commands-must-not-order"
    also: ClassVar[frozenset[str]] = frozenset({"charge-without-use"})
    also_with_second_yes: ClassVar[frozenset[str]] = frozenset({"subscribed-without-second-yes"})
    also_because: ClassVar[str] = "a subscription nobody ordered is charged for on the next 1st"

    def orders_on(self, touch: Touch) -> bool:
        return touch == "wrong"
