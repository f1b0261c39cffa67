"""The warning before the first charge comes too late to act on."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class SecondReminderLate(Fault):
    """Reminder 2 goes out six days late, after the 25th (T4)."""

    rule: ClassVar[str] = "second-reminder-outside-window"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    also: ClassVar[frozenset[str]] = frozenset({"second-reminder-missing"})
    also_because: ClassVar[str] = "whoever stops watching before it comes saw none"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(delay_s=part.delay_s + 6 * 86_400) for part in honest)
