"""Reads a filed tariff as providers write it, into an integer amount and its unit, by exact decimal arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from unicodedata import normalize

from dialtest.language import _
from dialtest.model.service import FeeUnit

MOST_FEE_FEN = 100_000

UNITS: dict[str, FeeUnit] = {
    "月": "month", "个月": "month", "包月": "month", "每月": "month", "month": "month", "mth": "month",
    "周": "week", "星期": "week", "包周": "week", "每周": "week", "week": "week", "wk": "week",
    "次": "use", "首": "use", "个": "use", "每次": "use", "use": "use", "download": "use",
    "条": "message", "每条": "message", "message": "message", "msg": "message", "text": "message",
}  # fmt: skip

CURRENCIES: dict[str, tuple[str, int]] = {
    "元": ("CNY", 100), "块": ("CNY", 100), "圆": ("CNY", 100), "¥": ("CNY", 100), "rmb": ("CNY", 100),
    "cny": ("CNY", 100), "yuan": ("CNY", 100), "角": ("CNY", 10), "分": ("CNY", 1), "fen": ("CNY", 1),
    "£": ("GBP", 100), "gbp": ("GBP", 100), "p": ("GBP", 1), "pence": ("GBP", 1), "€": ("EUR", 100),
    "euro": ("EUR", 100),
}  # fmt: skip
"""Currency words, the currency they mean, and how many hundredths of its unit one of them has.

Beside them any code of three letters (ISO 4217) is a currency.
"""

FREE = frozenset(("免费", "免信息费", "free"))


@dataclass(frozen=True, slots=True)
class Tariff:
    """An amount in 1/100 of `currency` (empty where the text names none) per `unit` (None where it names none)."""

    fee_fen: int
    unit: FeeUnit | None = None
    currency: str = ""


class NoTariff(ValueError):
    """The text is no tariff that can be charged: `cause` in a word or two, `expected` for the message."""

    def __init__(self, cause: str, expected: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.expected = expected


@lru_cache(maxsize=4096)
def parse_tariff(text: str, hundredths: int = 0) -> Tariff:
    """`30元/月`, `0.5元/条`, `2 元 / 次`, `包月5元`, `免费`, `£1.50 per week`. Raises NoTariff.

    A bare number is refused, for it may be yuan or fen; unless the header says which: `hundredths` 100 or 1.
    `0.5元/条` → 50 fen per message; `0.005元/条` is refused.
    """
    plain = "".join(normalize("NFKC", text).casefold().split())
    if plain in FREE:
        return Tariff(0)
    found = _TARIFF.fullmatch(plain)
    if found is None:
        raise NoTariff("unreadable tariff", _("a tariff such as 30元/月, 0.5元/条, 2元/次 or £1.50 per week"))
    money = found["money"] or found["money_before"]
    if not money and not hundredths:
        expected = _("an amount with its currency, such as 30元/月; a bare number may be yuan or fen")
        raise NoTariff("tariff without currency", expected)
    currency, each = CURRENCIES.get(money, (money.upper(), 100)) if money else ("", hundredths)
    units = {UNITS[word] for word in (found["unit_before"], found["unit"], found["unit_after"]) if word}
    if len(units) > 1:
        raise NoTariff("two units in one tariff", _("one unit: per month, week, use or message"))
    return Tariff(_checked(Decimal(found["amount"]) * each), next(iter(units), None), currency)


def _checked(fee_fen: Decimal) -> int:
    if fee_fen < 0:
        raise NoTariff("negative tariff", _("an amount of at least 0"))
    if fee_fen > MOST_FEE_FEN:
        raise NoTariff("absurd tariff", _("an amount of at most {most}").format(most=MOST_FEE_FEN // 100))
    if fee_fen != int(fee_fen):
        raise NoTariff("fraction of a fen", _("an amount in whole fen (two decimals at most)"))
    return int(fee_fen)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_UNIT = _one_of(UNITS)
_MONEY = rf"{_one_of(CURRENCIES)}|(?!{_UNIT}|per)[a-z]{{3}}"
_TARIFF = re.compile(
    rf"(?P<unit_before>{_UNIT})?(?:信息费|费用|费|收费|收取)?:?"
    rf"(?P<money_before>{_MONEY})?(?P<amount>-?[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)(?P<money>{_MONEY})?"
    rf"(?:(?:/|每|per|a|an)?(?P<unit>{_UNIT}))?(?P<unit_after>包月|包周)?"
)
