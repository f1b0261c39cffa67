"""Withdrawals by the hotline's menu get lost."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class MenuWithdrawalLost(Fault):
    """The hotline's menu says that the withdrawal was taken, and tells nobody (H1, Q5, Q7)."""

    rule: ClassVar[str] = "withdrawal-ignored"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "call-the-hotline"
    also: ClassVar[frozenset[str]] = frozenset({"charge-after-withdrawal", "withdrawal-unconfirmed"})
    also_because: ClassVar[str] = "a wish nobody carries out is not confirmed either, and the fees go on"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def menu_carries_out(self) -> bool:
        return False
