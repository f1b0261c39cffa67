"""A field of the screen stays empty."""

from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class ScreenWithoutHotline(Fault):
    """The screen does not show the service’s hotline (Q2)."""

    rule: ClassVar[str] = "answer-incomplete"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return replace(honest, service_hotline="")
