"""The batches go by an old list of subscriptions."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault


class ExistingReminderOfWithdrawn(Fault):
    """A batch names a subscription that was withdrawn after the batches were made up (T8)."""

    rule: ClassVar[str] = "existing-reminder-of-withdrawn"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "existing-subscription-withdrawn"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def reminds_of_withdrawn(self) -> bool:
        return True
