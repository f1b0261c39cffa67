"""Uses are charged that never were."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class PhantomUse(Fault):
    """A day and a half after a use it is charged once more (R2)."""

    rule: ClassVar[str] = "charge-without-use"
    breach: ClassVar[BreachClass] = "price_fraud"
    scenario: ClassVar[str] = "per-use-order"

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def phantom_use_after_h(self) -> int:
        return 36
