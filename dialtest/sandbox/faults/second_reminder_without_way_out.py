"""The warning before the first charge does not say what to do about it."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class SecondReminderWithoutWayOut(Fault):
    """Reminder 2 does not name the way out (T4, T7)."""

    rule: ClassVar[str] = "second-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(text=part.text.replace(",退订请拨打10086", "")) for part in honest)
