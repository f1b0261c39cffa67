"""The page names a price and not that it comes again and again."""

import re
from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageOmitsPeriod(PageFault):
    """“30元” instead of “30元/月”."""

    rule: ClassVar[str] = "period-unsaid"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(price=re.split(r"/| per ", honest.price)[0], period="")

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Subscriptions with a page."""
        return bool(service.page_url) and service.billing_type == "monthly"
