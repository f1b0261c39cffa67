"""What was charged too much comes back three times over."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling

TWO_DAYS_S = 2 * 24 * 3600


class RefundTripled(Fault):
    """Every cut takes half as much again as filed; verified within two days, twice as much comes on top (R2)."""

    rule: ClassVar[str] = "refund-exceeds-fees"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    also: ClassVar[frozenset[str]] = frozenset({"charge-over-tariff"})
    also_because: ClassVar[str] = "there must be a wrong charge to refund"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        return min(honest_s, TWO_DAYS_S)

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(on_top_fen=2 * honest.on_top_fen)
