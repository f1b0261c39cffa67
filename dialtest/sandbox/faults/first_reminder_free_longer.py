"""The reminder promises a longer free time than there is."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderFreeLonger(Fault):
    """Reminder 1 says it is free to the end of the next month, and the fee is taken on the next 1st (T3, T7)."""

    rule: ClassVar[str] = "first-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "order-20th-last-minute"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(text=honest.text.replace("当月免", "下月底前免"))
