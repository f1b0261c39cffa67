"""Reminders still come from the port that was closed."""

from datetime import date
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class RemindersFromOldPort(Fault):
    """Reminder 1 comes from 1862: allowed until 2006-09-30, a breach after that (T6)."""

    rule: ClassVar[str] = "reminder-from-wrong-port"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "withdraw-in-free-period"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    breach_from: ClassVar[date | None] = date(2006, 10, 1)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(sender="1862")
