"""The hall’s note is lost."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class HallNoteLost(Fault):
    """A wish that a busy hall wrote down is never done (Q8)."""

    rule: ClassVar[str] = "hall-note-forgotten"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "busy-hall"
    also: ClassVar[frozenset[str]] = frozenset({"withdrawal-ignored", "charge-after-withdrawal"})
    also_because: ClassVar[str] = "what nobody does changes nothing, and the fees go on"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and not service.ordered_on_page

    def carries_out_note(self) -> bool:
        return False
