"""Nobody warns before the first charge."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class SecondReminderMissing(Fault):
    """Reminder 2 is never sent (T1, T4)."""

    rule: ClassVar[str] = "second-reminder-missing"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return ()
