"""The hall does what it noted and says nothing."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class HallNoteNotAnnounced(Fault):
    """A wish that a busy hall wrote down is done and the customer never told (Q8)."""

    rule: ClassVar[str] = "hall-note-forgotten"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "busy-hall"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def announces_note(self) -> bool:
        return False
