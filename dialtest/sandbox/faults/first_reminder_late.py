"""The reminder comes when the customer no longer thinks of it."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderLate(Fault):
    """Reminder 1 goes out twenty minutes late (T2, Q4)."""

    rule: ClassVar[str] = "first-reminder-late"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(delay_s=honest.delay_s + 1200)
