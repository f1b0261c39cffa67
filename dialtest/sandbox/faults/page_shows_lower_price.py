"""The page shows a lower price than was filed and is charged."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.policy.policy import amount
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault


class PageShowsLowerPrice(PageFault):
    """A third of the filed price."""

    rule: ClassVar[str] = "price-below-filed"
    also: ClassVar[frozenset[str]] = frozenset({"charged-over-advertised"})
    also_because: ClassVar[str] = "who orders after all is charged more than the page said"

    def offer(self, honest: Offer, service: Service) -> Offer:
        shown = f"{amount(service.fee_fen // 3)}"
        filed = f"{amount(service.fee_fen)}"
        return honest.but(price=honest.price.replace(filed, shown, 1))
