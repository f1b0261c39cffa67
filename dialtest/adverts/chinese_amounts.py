"""Finds money in a Chinese text: 3元, ¥5, 五元, 1毛5, 两块五, 三角, 30RMB; not what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialtest.adverts.numeral import CHINESE_NUMERAL, SCALES, chinese_decimal

NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}(?:\.\d{{1,3}})?|{CHINESE_NUMERAL})"
NOT_MONEY_AFTER_YUAN = r"(?![宝旦素气宵老首凶件])(?!月(?:\d|[初中底份旦]))"
MONEY = re.compile(
    rf"(?P<sign>HK\$|NT\$|US\$|[¥$€£]|(?<![A-Za-z])(?:RMB|CNY"
    rf"|人民币)[:： ]?) ?(?P<signed>{NUMBER})(?P<signed_scale>[百千万亿])?(?:元(?!宝))?"
    rf"|(?<![\d.])(?P<number>{NUMBER})(?P<scale>[百千万亿])?多? ?"
    rf"(?:(?P<currency>美|港|日|欧|澳|新台|台)?(?P<yuan>元{NOT_MONEY_AFTER_YUAN}|块钱?|圆|RMB|rmb|CNY)|(?P<jiao>角(?!色|落|度|逐|斗)|毛钱?(?!病|笔|衣))"
    r"|(?P<fen>分钱|分(?=/(?:条|分|次|天)|人民币)))"
    r"(?P<tail>[\d一二两三四五六七八九](?:[角毛](?:[\d一二三四五六七八九]分)?|分(?!钟|之)|(?=$|[^\d.一二三四五六七八九十百千万元块角毛分条首次个天月年折点GMKgmk:])))?"
)
SIGNS = {
    "¥": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "人民币": "CNY",
    "hk$": "HKD",
    "nt$": "TWD",
    "us$": "USD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
}
FOREIGN = {"美": "USD", "港": "HKD", "日": "JPY", "欧": "EUR", "澳": "AUD", "新台": "TWD", "台": "TWD"}


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` whole units of `currency` at a place of the text."""

    start: int
    end: int
    value: Decimal
    currency: str


def amounts(text: str) -> Iterator[Amount]:
    """All amounts of money in plain text, in order. 万元 and more are left to the caller's judgment of size."""
    for found in MONEY.finditer(text):
        amount = _signed(found) if found["sign"] else _worded(found)
        if amount:
            yield amount


def _signed(found: re.Match[str]) -> Amount | None:
    value = chinese_decimal(found["signed"])
    if value is None:
        return None
    currency = SIGNS[found["sign"].rstrip(": ：").lower()]
    return Amount(found.start(), found.end(), value * SCALES[found["signed_scale"] or ""], currency)


def _worded(found: re.Match[str]) -> Amount | None:
    value = chinese_decimal(found["number"])
    if value is None:
        return None
    step = Decimal(1) if found["yuan"] else Decimal("0.1") if found["jiao"] else Decimal("0.01")
    value = value * SCALES[found["scale"] or ""] * step
    tail = found["tail"] or ""
    end = found.end()
    if tail and found["yuan"] == "元" and len(tail) == 1:
        end = found.start("tail")  # 5元1 is no amount of 5.1
    elif tail:
        value += _tail(tail, step)
    return Amount(found.start(), end, value, FOREIGN.get(found["currency"] or "", "CNY"))


def _tail(tail: str, step: Decimal) -> Decimal:
    """The 五 of 两块五 and of 一毛五, the 5角5分 of 1元5角5分."""
    digits = [chinese_decimal(digit) or Decimal(0) for digit in re.findall(r"[\d一二两三四五六七八九]", tail)]
    if tail[-1] == "分" and len(digits) == 1 and step == 1:
        return digits[0] / 100
    return sum((digit * step / 10 ** (n + 1) for n, digit in enumerate(digits)), Decimal(0))
