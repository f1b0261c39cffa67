"""Which advertised price can be held against a filed tariff, and what it comes to in the filing's own unit."""

from __future__ import annotations

from dialtest.adverts import Claims
from dialtest.model.service import Service

DAYS = {"day": 1, "week": 7, "month": 30}
EACH = frozenset({"per_message", "per_use", "one_off", "other"})
ROUNDING_TENTHS = 9
"""A price per day or week times the days of a month is rounded in adverts; so much less is not yet another price."""


def highest_advertised(claims: Claims, service: Service, currency: str) -> int | None:
    """The dearest price claimed, in 1/100 units per the filing's unit; None where nothing can be compared.

    The dearest, since an advert may name the prices of several services, or a lower one for a first week. Prices per
    day, week and month are converted by 7 and 30 days, rounded up by a tenth, and cut to whole 1/100 units.
    """
    found: list[int] = []
    fee_unit = service.fee_unit
    for price in claims.prices:
        if price.currency != currency:
            continue
        amount = price.amount_minor
        if service.billing_type == "per_use":
            if price.unit in EACH:
                found.append(amount)
        elif price.period == fee_unit:
            found.append(amount)
        elif price.period and fee_unit in DAYS:
            found.append(amount * DAYS[fee_unit] * 10 // (DAYS[price.period] * ROUNDING_TENTHS))
    return max(found, default=None)
