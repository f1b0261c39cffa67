"""A subscriber is left out of the batches."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class ExistingReminderMissing(Fault):
    """The reminder of an existing subscription is never sent (T8)."""

    rule: ClassVar[str] = "existing-reminder-missing"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return ()
