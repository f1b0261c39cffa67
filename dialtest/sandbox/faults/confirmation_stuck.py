"""The confirmation waits for MISC."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ConfirmationStuck(Fault):
    """The confirmation lies in BOSS until its timer finds that MISC has answered (Q4, Q5)."""

    rule: ClassVar[str] = "withdrawal-unconfirmed"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def confirmation_held_back_s(self, answered_after_s: int) -> int:
        return answered_after_s
