"""The page of a subscription does not say how to end it."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageOmitsWayOut(PageFault):
    """No way out is named."""

    rule: ClassVar[str] = "way-out-unsaid"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(way_out="")

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Subscriptions with a page."""
        return bool(service.page_url) and service.billing_type == "monthly"
