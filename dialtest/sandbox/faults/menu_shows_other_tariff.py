"""The menu of the hotline reads an old price list."""

from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class MenuShowsOtherTariff(Fault):
    """The hotline’s menu shows another tariff than every other channel (Q7)."""

    rule: ClassVar[str] = "channels-disagree"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return replace(honest, tariff="1元/月") if channel == "hotline_menu" else honest
