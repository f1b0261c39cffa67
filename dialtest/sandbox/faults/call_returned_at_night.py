"""Unanswered calls are returned while customers sleep."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault

NIGHT_H = 3


class CallReturnedAtNight(Fault):
    """The crew works the list off at three in the night that follows (H3)."""

    rule: ClassVar[str] = "call-returned-out-of-hours"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-at-the-peak"
    also: ClassVar[frozenset[str]] = frozenset({"call-not-returned"})
    also_because: ClassVar[str] = "who would have been called back the next morning is rung more than a day late"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def call_backs(self, honest: tuple[datetime, ...]) -> tuple[datetime, ...]:
        return tuple((at + timedelta(hours=24 - NIGHT_H)).replace(hour=NIGHT_H) for at in honest)
