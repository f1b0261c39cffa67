"""The price stands many screens below the order button."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageBuriesPrice(PageFault):
    """Sixty lines of praise stand between the button and the price."""

    rule: ClassVar[str] = "price-hidden"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(below_fold=True)
