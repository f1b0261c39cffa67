"""The reminder says a tenth of what it costs."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderUnderstatesTariff(Fault):
    """Reminder 1 says 0.8元 where 8元 is filed (T2, T7)."""

    rule: ClassVar[str] = "first-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(text=re.sub(r"信息费([\d.]+)元", lambda filed: f"信息费0.{filed[1]}元", honest.text))
