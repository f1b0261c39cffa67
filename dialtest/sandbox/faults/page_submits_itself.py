"""The page orders by itself as soon as it is open."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageSubmitsItself(PageFault):
    """Its form is submitted by a script."""

    rule: ClassVar[str] = "form-submits-itself"

    def offer(self, honest: Offer, service: Service) -> Offer:
        return honest.but(submits_itself=True)
