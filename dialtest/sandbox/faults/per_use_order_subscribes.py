"""Used once, subscribed for good."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class PerUseOrderSubscribes(Fault):
    """Using a per-use service makes a monthly subscription of it."""

    rule: ClassVar[str] = "per-use-order-subscribes"
    breach: ClassVar[BreachClass] = "forced_subscription"
    scenario: ClassVar[str] = "per-use-order"
    also: ClassVar[frozenset[str]] = frozenset({"per-use-charged-monthly"})
    also_because: ClassVar[str] = "the subscription's fee is taken on the next 1st"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def subscribed_to(self, honest: tuple[Service, ...], offered: tuple[Service, ...]) -> tuple[Service, ...]:
        return offered[:1]
