"""The subscription comes back."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class WithdrawalUndone(Fault):
    """Five days after it ended the subscription is there again (Q5)."""

    rule: ClassVar[str] = "withdrawal-undone"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-and-watch"
    also: ClassVar[frozenset[str]] = frozenset(
        {"charge-after-withdrawal", "charge-twice-a-month", "withdrawal-ignored"}
    )
    also_because: ClassVar[str] = (
        "what came back is charged for, beside what was ordered again, and stays when that is left"
    )

    def returns_after_days(self) -> int:
        return 5
