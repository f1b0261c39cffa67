"""A batch is sent a second time."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

AGAIN_AFTER_S = 3 * 3600


class ExistingReminderTwice(Fault):
    """The reminder of an existing subscription is sent again three hours later (T8)."""

    rule: ClassVar[str] = "existing-reminder-twice"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return (*honest, *(part.but(delay_s=part.delay_s + AGAIN_AFTER_S) for part in honest))
