"""Nobody says whether the withdrawal worked."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class WithdrawalUnconfirmed(Fault):
    """Withdrawals are carried out and never confirmed (Q4)."""

    rule: ClassVar[str] = "withdrawal-unconfirmed"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    also: ClassVar[frozenset[str]] = frozenset({"hall-note-forgotten"})
    also_because: ClassVar[str] = "what a busy hall wrote down is not confirmed either"

    def withdrawal_confirmation(self, honest: Notice) -> Notice | None:
        return None
