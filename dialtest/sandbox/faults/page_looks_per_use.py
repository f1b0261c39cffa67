"""A subscription is advertised as paid each time it is used."""

import re
from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault, in_tongue_of


class PageLooksPerUse(PageFault):
    """“30元/次” instead of “30元/月”."""

    rule: ClassVar[str] = "period-unsaid"

    def offer(self, honest: Offer, service: Service) -> Offer:
        each = in_tongue_of(honest.order_label, "/次", " per use")
        return honest.but(price=re.split(r"/| per ", honest.price)[0] + each, period="")

    @classmethod
    def fits(cls, service: Service) -> bool:
        """Subscriptions with a page."""
        return bool(service.page_url) and service.billing_type == "monthly"
