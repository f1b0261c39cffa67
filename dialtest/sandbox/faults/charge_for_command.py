"""Asking for help costs."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.faults.fault import Fault


class ChargeForCommand(Fault):
    """Help, query and wrong commands are charged like a use (R2)."""

    rule: ClassVar[str] = "charge-for-command"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "commands-must-not-order"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return True

    def charge_for_command(self, touch: Touch, service: Service) -> int:
        return service.fee_fen if touch in ("help", "query", "wrong") else 0
