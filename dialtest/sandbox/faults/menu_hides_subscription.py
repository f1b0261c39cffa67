"""The menu of the hotline does not know of the subscription."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class MenuHidesSubscription(Fault):
    """The hotline’s menu does not show what every other channel shows (Q7)."""

    rule: ClassVar[str] = "channels-disagree"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return None if channel == "hotline_menu" else honest
