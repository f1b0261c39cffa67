"""What was charged too much comes back three times over."""

from typing import ClassVar

from dialtest.sandbox.faults.refund_fault import RefundFault
from dialtest.sandbox.ruling import Ruling


class RefundTripled(RefundFault):
    """Every cut takes half as much again as filed; verified within two days, twice as much comes on top (R2)."""

    rule: ClassVar[str] = "refund-exceeds-fees"

    def ruling(self, honest: Ruling) -> Ruling:
        return honest.but(on_top_fen=2 * honest.on_top_fen)
