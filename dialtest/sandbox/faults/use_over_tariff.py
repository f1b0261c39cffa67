"""The provider charges more per use than it filed."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class UseOverTariff(Fault):
    """Every use takes half as much again as filed."""

    rule: ClassVar[str] = "charge-over-tariff"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "per-use-order"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def use_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)
