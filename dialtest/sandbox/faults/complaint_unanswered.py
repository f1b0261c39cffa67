"""Complaints are taken and never answered."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class ComplaintUnanswered(Fault):
    """What is decided is carried out, and nobody tells the customer (D7)."""

    rule: ClassVar[str] = "complaint-unanswered"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def complaint_answer(self, honest: Notice) -> Notice | None:
        return None
