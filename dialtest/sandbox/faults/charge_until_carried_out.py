"""The wish counts only when it has been carried out."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.sandbox.faults.fault import Fault

TWO_HOURS_S = 2 * 3600


class ChargeUntilCarriedOut(Fault):
    """Withdrawals take two hours at least, and what is cut until then is taken (T5)."""

    rule: ClassVar[str] = "charge-after-withdrawal"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "withdraw-before-the-cut"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    def withdrawal_takes_s(self, honest_s: int) -> int:
        return max(honest_s, TWO_HOURS_S)

    def charges_until_ended(self) -> bool:
        return True
