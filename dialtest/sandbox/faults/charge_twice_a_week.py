"""The weekly charge is taken twice a week."""

from datetime import datetime
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ChargeTwiceAWeek(Fault):
    """Each cut after the first comes after half the time."""

    rule: ClassVar[str] = "charged-within-cycle"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def next_cut(self, honest: datetime, this_cut: datetime) -> datetime:
        return this_cut + (honest - this_cut) / 2
