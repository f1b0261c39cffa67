"""Whoever complains is paid twice, whether anything was wrong or not."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling


class HonestChargeDoubled(Fault):
    """A complaint about an honest charge is answered as such, and the fee comes back twice (R2)."""

    rule: ClassVar[str] = "refund-doubled-without-cause"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-without-cause"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def ruling(self, honest: Ruling) -> Ruling:
        fees_fen = honest.complained_fen
        return Ruling("correct", fees_fen, refund_fen=fees_fen, on_top_fen=fees_fen)
