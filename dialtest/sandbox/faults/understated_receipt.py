"""Receipts name a smaller amount than was charged."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class UnderstatedReceipt(Fault):
    """Only the pence are left of the amount."""

    rule: ClassVar[str] = "receipt-understated"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def receipt(self, honest: Notice) -> Notice | None:
        return honest.but(text=re.sub(r"\d+(?=\.\d\d\b)", "0", honest.text))
