"""The first press orders."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class NoConfirmationPage(Fault):
    """The page takes the order at once, without a page that asks for a second yes."""

    rule: ClassVar[str] = "order-without-confirmation"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.ordered_on_page

    def asks_confirmation(self) -> bool:
        return False
