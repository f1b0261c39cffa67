"""Looking costs."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.faults.fault import Fault


class PageViewCharges(Fault):
    """Whoever opens the page is charged for a use (R2)."""

    rule: ClassVar[str] = "charge-without-use"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "look-without-ordering"
    also: ClassVar[frozenset[str]] = frozenset({"several-charges-per-use"})
    also_because: ClassVar[str] = "who orders on the page opened it first, and pays for both"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return bool(service.page_url)

    def charge_for_command(self, touch: Touch, service: Service) -> int:
        return service.fee_fen if touch == "page_view" else 0
