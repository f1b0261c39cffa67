"""Leaving costs."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.faults.fault import Fault


class ChargeForWithdrawal(Fault):
    """The withdrawal command is charged like a use (R2)."""

    rule: ClassVar[str] = "charge-for-command"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "withdraw-and-watch"

    def charge_for_command(self, touch: Touch, service: Service) -> int:
        return service.fee_fen if touch == "withdraw" else 0
