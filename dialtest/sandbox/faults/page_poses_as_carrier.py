"""The page speaks as if it were the carrier."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Offer
from dialtest.sandbox.faults.page_fault import PageFault, in_tongue_of


class PagePosesAsCarrier(PageFault):
    """A banner in the carrier's name."""

    rule: ClassVar[str] = "poses-as-carrier"

    def offer(self, honest: Offer, service: Service) -> Offer:
        banner = in_tongue_of(
            honest.order_label, "中国移动温馨提示:请立即升级您的业务", "PhonePay Network: your service needs an update"
        )
        return honest.but(banner=banner)
