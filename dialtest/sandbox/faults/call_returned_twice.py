"""Unanswered calls are returned twice."""

from datetime import datetime, timedelta
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class CallReturnedTwice(Fault):
    """Two lists of calls to return are worked off, an hour apart: the caller is rung twice (H3)."""

    rule: ClassVar[str] = "call-returned-twice"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "call-at-the-peak"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def call_backs(self, honest: tuple[datetime, ...]) -> tuple[datetime, ...]:
        return (*honest, *(at + timedelta(hours=1) for at in honest))
