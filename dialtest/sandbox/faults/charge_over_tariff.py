"""The provider charges more than it filed."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class ChargeOverTariff(Fault):
    """Every cut takes half as much again as filed."""

    rule: ClassVar[str] = "charge-over-tariff"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-through-first-bill"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)
