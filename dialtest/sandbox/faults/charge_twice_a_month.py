"""The monthly fee is taken twice."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class ChargeTwiceAMonth(Fault):
    """Every cut takes the fee two times."""

    rule: ClassVar[str] = "charge-twice-a-month"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-through-first-bill"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen, service.fee_fen)
