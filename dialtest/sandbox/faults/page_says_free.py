"""The page calls a paid service free."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault, in_tongue_of


class PageSaysFree(PageFault):
    """A banner says free; the price stands below it all the same."""

    rule: ClassVar[str] = "free-but-charged"

    def offer(self, honest: Offer, service: Service) -> Offer:
        banner = in_tongue_of(honest.order_label, "完全免费,立即下载!", "It is completely free! Get it now")
        return honest.but(banner=banner)
