"""Tells the prices of an English advert from its prizes, discounts and balances, and settles their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dialtest.adverts.currency import SMALL, SMALL_FACTOR
from dialtest.adverts.english_amounts import Amount, amounts
from dialtest.adverts.english_units import MESSAGE_NEAR, form_after, form_before
from dialtest.adverts.price import PERIODS, Stated, minor_units, price_for

# What is won, given or owed, said after the amount …
PRIZE_AFTER = re.compile(
    r"p?\W{0,2}(?:\w+ ){0,2}?(?:awards?|balance|bids?|bonus|cash|comp(?:etition)?(?![a-z])|credits?|deposit"
    r"|discount|draw"
    r"|each way|for life|gifts?|give ?away|guaranteed|hmv|holiday|jackpot|loan|of (?:\w+ )?vouchers|off(?![a-z])"
    r"|prizes?"
    r"|reduction|rewards?|salary|saving|shopping|spree|tickets?|tkts|top ?up|travel|vouchers?|winners?|worth)"
)
# … and before it.
PRIZE_BEFORE = re.compile(
    r"(?<![a-z])(?:awarded?|balance|bid|bonus|cash|cashback|claim|collect|credits?|deposit|discount|donate|earn|gift"
    r"|give ?away|jackpot|lend|lent|loans?|owe|prizes?|receive|refund|salary|saves?|saving|spent|up ?to|valued?(?: at)?"
    r"|vouchers?|win|winner|winning|wins|won|worth)(?:\W+\w+){0,3}?\W*$"
)
COST_BEFORE = re.compile(
    r"(?:(?<!valued )(?<![a-z])at|@|billed|charged?s?|chg|chgd?|chrge?d?|costing|costs?|cst|fee|for|just"
    r"|norm(?:al)?|only|pay"
    r"|price|rate|subs?(?:cription)?(?: fee)?|tariff|tones?)(?: (?:at|is|just|of|only|u|you))*[ :(=]*$"
)
COST_AFTER = re.compile(
    r"p?[ (]{0,2}(?:\+ ?std|charge|fee|for (?:\d|an? |all|one|two)|(?:net)?op|network|ntwk|operator|plus std"
    r"|subs?(?![a-z])"
    r"|subscription|to join)"
)
CODE_BEFORE = re.compile(r"\d{4,6}[ .,(]{0,3}$")
GOODS_BEFORE = re.compile(r"(?<![a-z])(?:(?:from|for|buy)(?: only| just)?|buy (?:\w+ ){1,4}for(?: only| just)?)[ :]*$")
FROM_BEFORE = re.compile(r"(?<![a-z])from(?: only| just)?[ :]*$")
RANGE_AFTER = re.compile(r" ?(?:-|to|and) ?£?\d")
CAP_BEFORE = re.compile(r"(?<![a-z])(?:max(?:imum)?|capped at|cap of|up ?to|no more than|limit(?:ed to| of)?)\W{0,3}$")

NEAR = 32
LARGEST_BARE = 10
LARGEST_COST = 50
LARGEST_GOODS = 500
ROUND_PRIZE = 100
"""Sums from which on a price is not believed, in pounds; see `currency.SMALL` for lighter coins."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the text says: it is an advert at all; it wants messages; it wants calls."""

    advert: bool
    texts: bool
    calls: bool


def english_prices(low: str, around: Surroundings) -> tuple[Stated, ...]:
    """Every statement of a price in `low` (plain text, lower case), in order."""
    stated: list[Stated] = []
    for amount in sorted(amounts(low), key=lambda amount: amount.start):
        unit, end = _unit(low, amount, around)
        minor = minor_units(amount.value, amount.currency)
        if minor is not None and _is_price(low, amount, unit, end, around):
            bare = unit is None
            unit = "one_off" if bare and _is_for_goods(low, amount) else unit
            stated.append(Stated(price_for(minor, amount.currency, unit), amount.start, end, bare))
    return tuple(stated)


def _unit(low: str, amount: Amount, around: Surroundings) -> tuple[str | None, int]:
    """The unit said beside the amount, None if none is; and where amount and unit end."""
    after = form_after(low, amount.end)
    form, end = after if after else (form_before(low, amount.start), amount.end)
    if form == "each":
        near = MESSAGE_NEAR.search(low, max(0, amount.start - NEAR), amount.start)
        return "per_message" if near else "other", end
    if form in ("ppm", "pm"):
        return _per_m(form, amount, around), end
    return ("other" if form == "several" else form), end


def _per_m(form: str, amount: Amount, around: Surroundings) -> str:
    """`ppm` is per minute unless only messages are asked for; `pm` may be anything."""
    if around.texts and not around.calls:
        return "per_message" if amount.pence or amount.value < 2 or form == "ppm" else "per_month"
    if form == "ppm" or not around.texts:
        return "per_minute" if around.calls or form == "ppm" else "other"
    return "other"


def _is_for_goods(low: str, amount: Amount) -> bool:
    """`from only £1`, `buy it for £5`: paid once, for a thing."""
    return not amount.pence and GOODS_BEFORE.search(low, max(0, amount.start - NEAR), amount.start) is not None


def _is_price(low: str, amount: Amount, unit: str | None, end: int, around: Surroundings) -> bool:
    value = amount.value / (SMALL_FACTOR if amount.currency in SMALL else 1)
    start = max(0, amount.start - NEAR)
    before = re.split(r"[.!?] ", low[start : amount.start])[-1]
    if CAP_BEFORE.search(before):
        return False
    if unit in ("per_message", "per_minute"):
        return value < ROUND_PRIZE
    if not around.advert or PRIZE_AFTER.match(low, end):
        return False
    if unit in PERIODS or unit in ("per_use", "one_off"):
        prize = PRIZE_BEFORE.search(before) and not COST_BEFORE.search(before)
        return value < ROUND_PRIZE * 10 and not prize
    return _is_bare_price(low, amount, value, unit, before)


def _is_bare_price(low: str, amount: Amount, value: Decimal, unit: str | None, before: str) -> bool:
    if COST_BEFORE.search(before) and value <= LARGEST_COST:
        return True
    if PRIZE_BEFORE.search(before):
        return False
    if FROM_BEFORE.search(before) and value <= LARGEST_GOODS and not RANGE_AFTER.match(low, amount.end):
        return True
    if value > LARGEST_BARE:
        return False
    shaped = amount.pence or unit == "other" or amount.value % 1 != 0
    return shaped or bool(COST_AFTER.match(low, amount.end) or CODE_BEFORE.search(before))
