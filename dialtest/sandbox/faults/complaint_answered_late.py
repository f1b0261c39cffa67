"""Complaints are answered when their time limit is over."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

FOUR_DAYS_S = 4 * 24 * 3600


class ComplaintAnsweredLate(Fault):
    """The answer goes out four days after the decision (D7)."""

    rule: ClassVar[str] = "complaint-unanswered"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def complaint_answer(self, honest: Notice) -> Notice | None:
        return honest.but(delay_s=honest.delay_s + FOUR_DAYS_S)
