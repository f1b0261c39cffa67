"""The page tells customers to send another command than the one filed for this service."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault, in_tongue_of


class PageNamesOtherCommand(PageFault):
    """It names a command of its own."""

    rule: ClassVar[str] = "advert-orders-something-else"

    def offer(self, honest: Offer, service: Service) -> Offer:
        banner = in_tongue_of(
            honest.order_label,
            f"发送QT99到{service.access_number}订购",
            f"Text EXTRA99 to {service.access_number} to order",
        )
        return honest.but(banner=banner)
