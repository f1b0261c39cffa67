"""Sold per use, charged by the month."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class PerUseChargedMonthly(Fault):
    """After one use the fee is taken on every 1st, with no subscription on any screen."""

    rule: ClassVar[str] = "per-use-charged-monthly"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "per-use-order"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def monthly_fee_after_use(self, service: Service) -> int:
        return service.fee_fen
