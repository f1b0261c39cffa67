"""One order, several subscriptions."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class OrderMakesSeveral(Fault):
    """An order subscribes to another monthly service of the same provider too."""

    rule: ClassVar[str] = "order-makes-several"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "keep-through-first-bill"
    also: ClassVar[frozenset[str]] = frozenset({"charge-without-use"})
    also_because: ClassVar[str] = "the service added is charged for though nobody ordered it"
    spills_over: ClassVar[bool] = True
    needs_sibling: ClassVar[bool] = True

    @classmethod
    def fits(cls, service: Service) -> bool:
        return True

    def subscribed_to(self, honest: tuple[Service, ...], offered: tuple[Service, ...]) -> tuple[Service, ...]:
        siblings = [service for service in offered[1:] if service.billing_type == "monthly"]
        return (*honest, *siblings[:1])
