"""The end of a long text gets lost, and with it both ways out."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class ExistingReminderIncomplete(Fault):
    """The last numbered part of the reminder of an existing subscription is never sent (T9)."""

    rule: ClassVar[str] = "existing-reminder-incomplete"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return honest[:-1] if len(honest) > 1 else ()
