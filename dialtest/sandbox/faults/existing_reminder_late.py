"""A subscriber is put into a batch that is not his."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

LATE_S = 4 * 86_400  # no batch has that many days


class ExistingReminderLate(Fault):
    """The reminder of an existing subscription goes out four days late, with a later batch (T8)."""

    rule: ClassVar[str] = "existing-reminder-outside-window"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(delay_s=part.delay_s + LATE_S) for part in honest)
