"""Numbers as adverts write them: 1,000 and 4,50, English number words, Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from cn2an import cn2an

DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)"
    r"|\d{1,7}[.:,]\d{2}(?!\d)|\d{1,7}\.\d{1,3}(?!\d)|\d{1,9}(?!\d)|\.\d{2}(?!\d))"
)
"""An amount in digits: thousands in groups of three, the decimals after a point, a comma or (by mistake) a colon."""

ENGLISH = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"fifteen": 15, "twenty": 20, "twenty five": 25, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50}
ENGLISH_WORD = "(?:" + "|".join(sorted(map(re.escape, ENGLISH), key=len, reverse=True)) + ")"

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,7}"
SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def decimal_of(written: str) -> Decimal:
    """The value of DIGITS or an ENGLISH_WORD, in lower case."""
    if written in ENGLISH:
        return Decimal(ENGLISH[written])
    if GROUPED.fullmatch(written):
        return Decimal(written.replace(",", ""))
    return Decimal(written.replace(",", ".").replace(":", "."))


@lru_cache(maxsize=512)
def chinese_decimal(written: str) -> Decimal | None:
    """The value of DIGITS or of an isolated CHINESE_NUMERAL; None for what is none, like 十百."""
    if written.isascii():
        return Decimal(written.replace(",", ""))
    try:
        return Decimal(str(cn2an(written.replace("〇", "零"), "smart")))
    except ValueError:
        return None
