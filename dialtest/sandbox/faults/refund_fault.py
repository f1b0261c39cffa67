"""What faults of refunds have in common: a wrong charge, complained of and verified in time."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault

TWO_DAYS_S = 2 * 24 * 3600


class RefundFault(Fault):
    """Every cut takes half as much again as filed, and a complaint about it is verified within two days (R2)."""

    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    also: ClassVar[frozenset[str]] = frozenset({"charge-over-tariff"})
    also_because: ClassVar[str] = "there must be a wrong charge to refund"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        return min(honest_s, TWO_DAYS_S)
