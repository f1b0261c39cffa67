"""A wrong charge is called right."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling


class ComplaintBrushedOff(Fault):
    """Two fees are cut at once; the complaint is answered that the charges were right (R1)."""

    rule: ClassVar[str] = "refund-missing"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-and-be-refunded"
    markets: ClassVar[tuple[str, ...]] = ("CN",)
    also: ClassVar[frozenset[str]] = frozenset({"charge-twice-a-month"})
    also_because: ClassVar[str] = "there must be a wrong charge to refund"

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        return (service.fee_fen, service.fee_fen)

    def ruling(self, honest: Ruling) -> Ruling:
        return Ruling("correct", honest.complained_fen)
