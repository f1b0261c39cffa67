"""The reminder sends those who want to leave where nobody takes withdrawals."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class FirstReminderNamesOtherWayOut(Fault):
    """Reminder 1 says 1862 where T7 says 10086."""

    rule: ClassVar[str] = "first-reminder-incomplete"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def first_reminder(self, honest: Notice) -> Notice | None:
        return honest.but(text=honest.text.replace("退订请拨打10086", "退订请拨打1862"))
