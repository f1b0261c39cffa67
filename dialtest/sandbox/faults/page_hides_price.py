"""The page says nothing of a price."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageHidesPrice(PageFault):
    """Neither price nor period."""

    rule: ClassVar[str] = "price-unsaid"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(price="", period="")
