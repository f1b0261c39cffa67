"""Whoever rings the number in the reminder reaches nobody."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderNamesOtherHotline(Fault):
    """Reminder 1 names another hotline than the filed one (T7)."""

    rule: ClassVar[str] = "first-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(text=re.sub(r"客服电话\d+", "客服电话12345", honest.text))
