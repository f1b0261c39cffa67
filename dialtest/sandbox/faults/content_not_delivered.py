"""What was ordered and paid for never comes."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault


class ContentNotDelivered(Fault):
    """No content goes out, whatever was ordered."""

    rule: ClassVar[str] = "content-not-delivered"
    breach: ClassVar[BreachClass] = "misleading_ads"
    scenario: ClassVar[str] = "keep-through-first-bill"

    def content(self, honest: Notice | None) -> Notice | None:
        return None

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Subscriptions that come as messages."""
        return service.service_type in ("sms", "mms") and service.billing_type == "monthly"
