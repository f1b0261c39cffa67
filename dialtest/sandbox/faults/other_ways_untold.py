"""Nobody without an agent is told of other ways."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class OtherWaysUntold(Fault):
    """The emergency flow names no other way to withdraw, neither by voice nor by SMS (H3)."""

    rule: ClassVar[str] = "other-ways-untold"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-at-the-peak"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def tells_other_ways(self) -> bool:
        return False
