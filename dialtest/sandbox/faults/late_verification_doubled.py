"""What was verified too late is paid back twice."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling

EIGHTY_HOURS_S = 80 * 3600


class LateVerificationDoubled(Fault):
    """Complaints are decided after eighty hours as if they had been verified in time (R3)."""

    rule: ClassVar[str] = "refund-doubled-without-cause"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-without-cause"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        return EIGHTY_HOURS_S

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(outcome="wrong", wrong_fen=honest.refund_fen, on_top_fen=honest.refund_fen)
