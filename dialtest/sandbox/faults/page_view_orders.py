"""Looking at the page orders."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.faults.fault import Fault


class PageViewOrders(Fault):
    """Whoever opens the page is subscribed."""

    rule: ClassVar[str] = "page-view-orders"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "look-without-ordering"
    also: ClassVar[frozenset[str]] = frozenset({"charge-without-use"})
    also_with_second_yes: ClassVar[frozenset[str]] = frozenset({"subscribed-without-second-yes"})
    also_because: ClassVar[str] = "a subscription nobody ordered is charged for on the next 1st"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and bool(service.page_url)

    def orders_on(self, touch: Touch) -> bool:
        return touch == "page_view"
