"""Withdrawals lead nowhere."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class WithdrawalIgnored(Fault):
    """A withdrawal is taken and nothing happens (Q5)."""

    rule: ClassVar[str] = "withdrawal-ignored"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-and-watch"
    also: ClassVar[frozenset[str]] = frozenset(
        {"charge-after-withdrawal", "withdrawal-unconfirmed", "hall-note-forgotten"}
    )
    also_because: ClassVar[str] = "a wish nobody carries out is not confirmed either, and the fees go on"

    def heeds_withdrawal(self) -> bool:
        return False
