"""What nobody verified is paid back twice."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.ruling import Ruling

THREE_DAYS_S = 3 * 24 * 3600


class UnverifiedDoubled(Fault):
    """Complaints are left lying for three days, then the fees come back twice (R3)."""

    rule: ClassVar[str] = "refund-doubled-without-cause"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-without-cause"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        return THREE_DAYS_S

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(on_top_fen=honest.refund_fen)
