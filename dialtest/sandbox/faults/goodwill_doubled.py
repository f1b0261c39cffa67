"""Goodwill is given twice over."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling


class GoodwillDoubled(Fault):
    """A complaint about an honest charge brings the fee back as goodwill, and as much on top (R4)."""

    rule: ClassVar[str] = "goodwill-doubled"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-without-cause"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def ruling(self, honest: Ruling) -> Ruling:
        fees_fen = honest.complained_fen
        return Ruling("goodwill", fees_fen, goodwill_fen=fees_fen, on_top_fen=fees_fen)
