"""The customer is told that the complaint was received, and never what came of it."""

import re
from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.fault import Fault

_REFERENCE = re.compile(r"T\d+")


class ComplaintOnlyReceived(Fault):
    """The answer to a complaint says nothing but that it was received (D7)."""

    rule: ClassVar[str] = "complaint-unanswered"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "complain-without-cause"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "per_use"

    def complaint_answer(self, honest: Notice) -> Notice | None:
        return honest.but(text=f"您的投诉{_REFERENCE.findall(honest.text)[0]}已受理,感谢您的来电。中国移动")
