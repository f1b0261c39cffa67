"""Every screen goes by an old price list."""

from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class ScreenShowsOldTariff(Fault):
    """All channels show another tariff than the filed one (Q2)."""

    rule: ClassVar[str] = "answer-untrue"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        return replace(honest, tariff="0.1元/月")
