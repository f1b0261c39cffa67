"""Withdrawals are refused."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class WithdrawalRefused(Fault):
    """The hotline refuses every withdrawal; only an SMS ends the subscription (Q7)."""

    rule: ClassVar[str] = "withdrawal-refused"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    also: ClassVar[frozenset[str]] = frozenset({"charge-after-withdrawal"})
    also_because: ClassVar[str] = "who was refused goes on being charged, though the wish counts (T5)"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def accepts_withdrawal(self, channel: str) -> bool:
        return channel == "sms"
