"""The list by SMS is not whole."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class ListLeavesOut(Fault):
    """The list that answers the query command leaves the service out (Q7)."""

    rule: ClassVar[str] = "list-incomplete"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-by-0000"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def is_listed(self) -> bool:
        return False
