"""What was charged too much is promised back and never comes."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling


class RefundWithheld(Fault):
    """Every cut takes half as much again as filed; a complaint is upheld and nothing is paid (R4)."""

    rule: ClassVar[str] = "refund-missing"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    also: ClassVar[frozenset[str]] = frozenset({"charge-over-tariff"})
    also_because: ClassVar[str] = "there must be a wrong charge to refund"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)

    def top_up(self, decided: Ruling) -> Ruling:
        return decided.but(refund_fen=0, on_top_fen=0)
