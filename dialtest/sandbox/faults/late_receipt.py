"""Receipts come three days after the charge."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class LateReceipt(Fault):
    """Nobody connects it with the charge any more."""

    rule: ClassVar[str] = "receipt-missing"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def receipt(self, honest: Notice) -> Notice | None:
        return honest.but(delay_s=3 * 86_400)
