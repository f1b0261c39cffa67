"""Unanswered calls are forgotten."""

from datetime import datetime
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class CallNotReturned(Fault):
    """A call that got no agent is recorded, and nobody ever calls back (H3)."""

    rule: ClassVar[str] = "call-not-returned"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-at-the-peak"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def call_backs(self, honest: tuple[datetime, ...]) -> tuple[datetime, ...]:
        return ()
