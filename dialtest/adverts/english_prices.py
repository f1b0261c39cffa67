"""Tells the prices of an English advert from its prizes, discounts and balances, and settles their units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dialtest.adverts.currency import SMALL, SMALL_FACTOR
from dialtest.adverts.english_amounts import Amount, amounts
from dialtest.adverts.english_units import MESSAGE_NEAR, form_after, form_before
from dialtest.adverts.price import PERIODS, Stated, minor_units, price_for

PRIZE_AFTER = re.compile(
    r"p?\W{0,2}(?:\w+ ){0,2}?(?:prizes?|awards?|cash|vouchers?|gifts?|rewards?|bonus|jackpot|give ?away|worth"
    r"|shopping|spree"
    r"|holiday|comp(?:etition)?(?![a-z])|draw|discount|off(?![a-z])|credits?|balance|top ?up|bids?|deposit|loan"
    r"|guaranteed"
    r"|travel|tickets?|tkts|winners?|for life|of (?:\w+ )?vouchers|each way|hmv|salary|reduction|saving)"
)
PRIZE_BEFORE = re.compile(
    r"(?<![a-z])(?:win|wins|won|winner|winning|worth|awarded?|receive|claim|collect|up ?to|valued?(?: at)?|saves?"
    r"|saving|bonus"
    r"|prizes?|cash|jackpot|balance|credits?|vouchers?|gift|bid|earn|loan|give ?away|refund|cashback|discount|from"
    r"|spent|owe"
    r"|deposit|lend|lent|salary|donate)(?:\W+\w+){0,3}?\W*$"
)
COST_BEFORE = re.compile(
    r"(?:costs?|costing|cst|charged?s?|chrge?d?|chgd?|chg|only|just|@|(?<!valued )(?<![a-z])at|for|fee|price"
    r"|billed|pay|tariff"
    r"|norm(?:al)?|subs?(?:cription)?(?: fee)?|tones?|rate)(?: (?:of|is|only|just|u|you|at))*[ :(=]*$"
)
COST_AFTER = re.compile(
    r"p?[ (]{0,2}(?:subs?(?![a-z])|subscription|charge|fee|ntwk|network|(?:net)?op|operator|\+ ?std|plus std|to join)"
)
CODE_BEFORE = re.compile(r"\d{4,6}[ .,(]{0,3}$")

GOODS_BEFORE = re.compile(r"(?<![a-z])(?:(?:from|for|buy)(?: only| just)?|buy (?:\w+ ){1,4}for(?: only| just)?)[ :]*$")

CAP_BEFORE = re.compile(r"(?<![a-z])(?:max(?:imum)?|capped at|cap of|up ?to|no more than|limit(?:ed to| of)?)\W{0,3}$")

NEAR = 32
LARGEST_BARE = 10
LARGEST_COST = 50
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
    if PRIZE_BEFORE.search(before) or value > LARGEST_BARE:
        return False
    shaped = amount.pence or unit == "other" or amount.value % 1 != 0
    return shaped or bool(COST_AFTER.match(low, amount.end) or CODE_BEFORE.search(before))
