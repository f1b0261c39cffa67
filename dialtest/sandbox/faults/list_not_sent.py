"""Whoever asks by SMS is left waiting."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class ListNotSent(Fault):
    """The query command sent to 10086 is not answered (Q7, T9)."""

    rule: ClassVar[str] = "list-unanswered"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-by-0000"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def list_answer(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return ()
