"""The reminder does not say how to leave."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderWithoutWayOut(Fault):
    """Reminder 1 leaves the way out of it out (T2, T7)."""

    rule: ClassVar[str] = "first-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(text=re.sub(r",退订[^。]*", "", honest.text))
