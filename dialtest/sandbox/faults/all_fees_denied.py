"""Whoever asks for all fees gets back what was wrong, and no more."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling

TWO_DAYS_S = 2 * 24 * 3600


class AllFeesDenied(Fault):
    """Every cut takes half as much again as filed; only the excess comes back, whatever the customer asks for (R4)."""

    rule: ClassVar[str] = "refund-missing"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-again-for-all-fees"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    also: ClassVar[frozenset[str]] = frozenset({"charge-over-tariff"})
    also_because: ClassVar[str] = "there must be a wrong charge to refund"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen * 3 // 2,)

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        return min(honest_s, TWO_DAYS_S)

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(refund_fen=honest.wrong_fen)
