"""Refunds come without the return on top."""

from typing import ClassVar

from dialtest.sandbox.faults.refund_fault import RefundFault
from dialtest.sandbox.ruling import Ruling


class RefundNotDoubled(RefundFault):
    """Every cut takes half as much again as filed; verified within two days, it comes back once (R2)."""

    rule: ClassVar[str] = "refund-not-doubled"

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(on_top_fen=0)
