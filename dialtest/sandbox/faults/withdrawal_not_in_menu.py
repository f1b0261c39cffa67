"""The menu of the hotline never learns of a withdrawal."""

from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.finding import BreachClass
from dialtest.model.observation import SubscriptionRow
from dialtest.sandbox.faults.fault import Fault


class WithdrawalNotInMenu(Fault):
    """What was withdrawn over another channel stays active in the hotline’s menu (Q5, Q7)."""

    rule: ClassVar[str] = "withdrawal-not-everywhere"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "same-answer-everywhere"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        if channel != "hotline_menu" or honest.history[-1].channel == channel:
            return honest
        ordered = tuple(change for change in honest.history if change.what != "withdrawn")
        return replace(honest, status="active", history=ordered)
