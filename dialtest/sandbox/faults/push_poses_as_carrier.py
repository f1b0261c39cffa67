"""A message from the service's port is signed like the carrier's."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.page_fault import PushFault, in_tongue_of


class PushPosesAsCarrier(PushFault):
    """It asks for a reply in the carrier's name."""

    rule: ClassVar[str] = "poses-as-carrier"

    def pushes(self, service: Service) -> Notice | None:
        words = in_tongue_of(
            service.name,
            "尊敬的客户,您的手机服务即将到期,请及时办理续用。中国移动",
            "PhonePay Network: your service is about to end, please renew it today.",
        )
        return Notice(service.access_number, words, 3_600)
