"""The withdrawal is confirmed long after."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class WithdrawalConfirmedLate(Fault):
    """The confirmation goes out two hours late (Q4)."""

    rule: ClassVar[str] = "withdrawal-unconfirmed"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"

    def withdrawal_confirmation(self, honest: Notice) -> Notice | None:
        return honest.but(delay_s=honest.delay_s + 7200)
