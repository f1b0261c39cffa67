"""A channel misses its day."""

from typing import ClassVar

from dialtest.model.finding import BreachClass
from dialtest.model.service import Service
from dialtest.sandbox.faults.fault import Fault


class ChannelOpensLate(Fault):
    """Terminals, halls, website and WAP take withdrawals a month after their day (Q9)."""

    rule: ClassVar[str] = "channel-not-open"
    breach: ClassVar[BreachClass] = "carrier_duty"
    scenario: ClassVar[str] = "channel-deadlines"
    markets: ClassVar[tuple[str, ...]] = ("CN",)

    @classmethod
    def fits(cls, service: Service) -> bool:
        return service.billing_type == "monthly" and service.ordered_on_page

    def opens_late_days(self, channel: str) -> int:
        return 0 if channel in ("hotline", "hotline_menu", "sms") else 30
