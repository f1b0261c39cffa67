"""The warning before the first charge says a tenth of it."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

_TARIFF = re.compile(r"信息费([\d.]+)元")


class SecondReminderUnderstatesTariff(Fault):
    """Reminder 2 says 0.8元 where 8元 is filed (T7)."""

    rule: ClassVar[str] = "second-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(part.but(text=_TARIFF.sub(r"信息费0.\1元", part.text)) for part in honest)
