"""Customers are warned twice over."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

AGAIN_AFTER_S = 3 * 3600


class SecondReminderTwice(Fault):
    """Reminder 2 is sent again three hours later (T1)."""

    rule: ClassVar[str] = "reminder-twice"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return (*honest, *(part.but(delay_s=part.delay_s + AGAIN_AFTER_S) for part in honest))
