"""Receipts name a smaller amount than was charged."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class UnderstatedReceipt(Fault):
    """Whatever was charged, ten pence are named."""

    rule: ClassVar[str] = "receipt-understated"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "keep-four-weeks"
    markets: ClassVar[tuple[str, ...]] = ("GB",)

    def receipt(self, honest: Notice) -> Notice | None:
        return honest.but(text=re.sub(r"£\d+\.\d\d", "£0.10", honest.text))
