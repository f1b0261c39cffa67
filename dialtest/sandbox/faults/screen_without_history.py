"""The screen tells nothing of the past."""

from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class ScreenWithoutHistory(Fault):
    """The screen shows no change of the past year (Q2)."""

    rule: ClassVar[str] = "answer-incomplete"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return replace(honest, history=())
