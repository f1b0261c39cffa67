"""A box that orders more is ticked already."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageTicksBox(PageFault):
    """Who does not look orders more than wanted."""

    rule: ClassVar[str] = "box-ticked"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(ticked=True)
