"""One row of a refund detail file, as it goes from the province to the provider (R5)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class RefundDetail(Struct, frozen=True):
    """Money that came back to one customer for one complaint. `province` paid it, `access_province` is where the
    provider connects; `kind` is that of the bill's line. `reference`, `msisdn`, service and `kind` name the row.
    """

    province: str
    access_province: str
    provider_code: str
    service_code: str
    service_type: str
    msisdn: str
    reference: str
    kind: str
    amount_fen: int
    refunded_at: datetime
