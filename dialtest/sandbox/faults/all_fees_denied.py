"""Whoever asks for all fees gets back what was wrong, and no more."""

from typing import ClassVar

from dialtest.sandbox.faults.refund_fault import RefundFault
from dialtest.sandbox.ruling import Ruling


class AllFeesDenied(RefundFault):
    """Every cut takes half as much again as filed; only the excess comes back, whatever the customer asks for (R4)."""

    rule: ClassVar[str] = "refund-missing"
    scenario: ClassVar[str] = "complain-again-for-all-fees"

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(refund_fen=honest.wrong_fen)
