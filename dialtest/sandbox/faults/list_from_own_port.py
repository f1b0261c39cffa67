"""The list looks like one more advert."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

PORT = "10655001"


class ListFromOwnPort(Fault):
    """The list that answers the query command comes from a port that is not the carrier’s (T6, Q7)."""

    rule: ClassVar[str] = "list-from-wrong-port"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "withdraw-by-0000"
    also: ClassVar[frozenset[str]] = frozenset({"poses-as-carrier"})
    also_because: ClassVar[str] = "the list is signed with the carrier’s name"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def list_answer(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(notice.but(sender=PORT) for notice in honest)
