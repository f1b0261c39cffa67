"""The screen shows when the order was booked, not when it was made."""

from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class ScreenMisdatesOrder(Fault):
    """All channels show the order a day late (Q2)."""

    rule: ClassVar[str] = "answer-untrue"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return replace(honest, ordered_at=honest.ordered_at + timedelta(days=1))
