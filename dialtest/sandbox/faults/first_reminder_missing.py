"""The order goes by in silence."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderMissing(Fault):
    """No reminder follows the order (T1, T2)."""

    rule: ClassVar[str] = "first-reminder-missing"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"

    def first_reminder(self, honest: Notice) -> Notice | None:
        return None
