"""The page speaks of a prize that nobody won."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault, in_tongue_of


class PagePosesAsPrize(PageFault):
    """A banner congratulates."""

    rule: ClassVar[str] = "poses-as-prize"

    def offer(self, honest: Offer, service: Service) -> Offer:
        banner = in_tongue_of(
            honest.order_label, "恭喜您中奖了!点击领取大奖", "Congratulations, you have won! Claim your prize"
        )
        return honest.but(banner=banner)
