"""A batch is sent from the port that is being closed."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

PORT = "1862"


class ExistingReminderFromOldPort(Fault):
    """The reminder of an existing subscription comes from 1862 (T6)."""

    rule: ClassVar[str] = "existing-reminder-from-wrong-port"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(sender=PORT) for part in honest)
