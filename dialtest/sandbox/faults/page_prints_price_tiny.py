"""The price is printed one pixel high, white on white."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PagePrintsPriceTiny(PageFault):
    """Who looks at the page sees no price."""

    rule: ClassVar[str] = "price-hidden"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(fine_print=True)
