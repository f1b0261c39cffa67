"""The confirmation looks like one more advert."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

PORT = "10655001"


class WithdrawalConfirmedByOwnPort(Fault):
    """The withdrawal is confirmed from a port that is not the carrier's (T6, Q4)."""

    rule: ClassVar[str] = "withdrawal-confirmed-by-wrong-port"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def withdrawal_confirmation(self, honest: Notice) -> Notice | None:
        return honest.but(sender=PORT)
