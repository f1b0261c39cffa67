"""A service as its provider filed it, and the adverts customers are shown for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ServiceType = Literal["sms", "mms", "wap", "java", "pda", "animation", "voice_magazine"]
BillingType = Literal["monthly", "per_use"]
Scope = Literal["national", "local"]
FeeUnit = Literal["month", "week", "use", "message"]

SERVICE_TYPES: tuple[ServiceType, ...] = ("sms", "mms", "wap", "java", "pda", "animation", "voice_magazine")


@dataclass(frozen=True, slots=True)
class Advert:
    """What customers were shown for a service: where, since when, in which words."""

    channel: str
    text: str
    url: str = ""
    shown_from: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One filing 备案. `fee_fen` is the filed tariff per `fee_unit`, in 1/100 of the policy's currency unit.

    `provider_code` is the enterprise code 企业代码, `service_code` 业务代码 is unique within its provider,
    `access_number` the port 接入号 messages go to. A monthly service is a subscription 定制类.
    """

    provider_code: str
    provider_name: str
    service_code: str
    name: str
    service_type: ServiceType
    billing_type: BillingType
    fee_fen: int
    fee_unit: FeeUnit
    access_number: str
    order_command: str
    withdraw_command: str
    hotline: str
    scope: Scope = "national"
    contact: str = ""
    description: str = ""
    attributes: str = ""
    page_url: str = ""
    adverts: tuple[Advert, ...] = ()

    @property
    def key(self) -> str:
        """`provider_code/service_code`: names the service in plans, findings and file names."""
        return f"{self.provider_code}/{self.service_code}"

    @property
    def ordered_on_page(self) -> bool:
        """Whether a customer orders it on its page rather than by SMS."""
        return self.service_type in ("wap", "java", "pda", "animation") and bool(self.page_url)
