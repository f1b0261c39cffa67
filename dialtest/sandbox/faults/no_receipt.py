"""Charges are not followed by a receipt."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class NoReceipt(Fault):
    """No receipt ever goes out."""

    rule: ClassVar[str] = "receipt-missing"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def receipt(self, honest: Notice) -> Notice | None:
        return None
