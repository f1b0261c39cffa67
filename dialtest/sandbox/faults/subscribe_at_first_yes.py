"""The first request subscribes; nobody is asked for a second yes."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class SubscribeAtFirstYes(Fault):
    """No prompt goes out, the order takes effect at once."""

    rule: ClassVar[str] = "subscribed-without-second-yes"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "order-without-second-yes"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def asks_confirmation(self) -> bool:
        return False
