"""The reminders hide among the provider's own messages."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

PORT = "10655001"


class RemindersFromOwnPort(Fault):
    """Both reminders come from a port that is not the carrier's (T6)."""

    rule: ClassVar[str] = "reminder-from-wrong-port"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(sender=PORT)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(sender=PORT) for part in honest)
