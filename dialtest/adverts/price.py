"""One price as an advert states it: how much, of which currency, for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal, cast

Unit = Literal["per_message", "per_day", "per_week", "per_month", "per_minute", "per_use", "one_off", "other"]
Period = Literal["day", "week", "month"]

UNITS: tuple[Unit, ...] = (
    "per_message",
    "per_day",
    "per_week",
    "per_month",
    "per_minute",
    "per_use",
    "one_off",
    "other",
)
PERIODS: dict[Unit, Period] = {"per_day": "day", "per_week": "week", "per_month": "month"}

MINOR_DIGITS = {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JPY": 0, "KRW": 0, "VND": 0}
"""Digits of the minor unit where ISO 4217 gives another number than 2."""

LARGEST_MINOR = 10**11


@dataclass(frozen=True, slots=True)
class Price:
    """`amount_minor` counts the minor unit of the ISO 4217 `currency` (pence, fen, fils); £1.50 is 150 GBP.

    for_use tells that a price of unit `other` was said to be for each use (2元/次, £1 per use).
    """

    amount_minor: int
    currency: str
    unit: Unit
    for_use: bool = field(default=False, compare=False)

    @property
    def period(self) -> Period | None:
        """Day, week or month of a price that comes again by itself; None for all others."""
        return PERIODS.get(self.unit)

    def as_json(self) -> dict[str, object]:
        return {"amount_minor": self.amount_minor, "currency": self.currency, "unit": self.unit}


def minor_units(amount: Decimal, currency: str) -> int | None:
    """The amount in minor units, half a unit rounded up (0.075 of 1/100 is 8); None when it is no sane price."""
    try:
        minor = (amount * Decimal(10) ** MINOR_DIGITS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP)
    except InvalidOperation:
        return None
    return int(minor) if 0 <= minor <= LARGEST_MINOR else None


def price_for(minor: int, currency: str, said: str | None) -> Price:
    """A price of the unit an advert names; whatever is no unit of ours is `other`, and so is each use."""
    unit = cast(Unit, said) if said in UNITS and said != "per_use" else "other"
    return Price(minor, currency, unit, for_use=said == "per_use")


@dataclass(frozen=True, slots=True)
class Stated:
    """A price where the text states it, from `start` to `end`. bare: with no unit said beside it."""

    price: Price
    start: int
    end: int
    bare: bool


def without_repeats(stated: Sequence[Stated]) -> tuple[Price, ...]:
    """Each price once, in the order of the text.

    A bare amount of no known kind that repeats another price (£3/wk … just £3) is no price of its own.
    """
    with_unit = {(found.price.amount_minor, found.price.currency) for found in stated if not found.bare}
    kept: dict[Price, None] = {}
    seen: set[tuple[int, str]] = set()
    for found in stated:
        amount = (found.price.amount_minor, found.price.currency)
        repeats = found.bare and found.price.unit == "other" and (amount in with_unit or amount in seen)
        if not repeats:
            kept.setdefault(found.price)
        seen.add(amount)
    return tuple(kept)
