"""What was charged too much is promised back and never comes."""

from typing import ClassVar

from dialtest.sandbox.faults.refund_fault import RefundFault
from dialtest.sandbox.ruling import Ruling


class RefundWithheld(RefundFault):
    """Every cut takes half as much again as filed; a complaint is upheld and nothing is paid (R4)."""

    rule: ClassVar[str] = "refund-missing"

    def top_up(self, decided: Ruling) -> Ruling:
        return decided.but(refund_fen=0, on_top_fen=0)
