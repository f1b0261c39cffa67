"""Tells by its characters alone that a text can name no price and call nothing free, so that nobody need read it."""

from __future__ import annotations

import re

# Han characters without which no price and no 免费 is written, in both spellings; and whatever is neither a Han
# character, a digit nor a common stop: letters, signs of currencies, other scripts.
OF_MONEY = re.compile(
    r"[免费費租钱錢送元块塊圆圓角毛分]|[^\d\s\u4e00-\u9fff,.:;!?()\"'~…—、。《》“”‘’·，：；！？（）-]"
)


def speaks_of_money(text: str) -> bool:
    """Whether `text` may name a price or call something free; where it is False, `claims_of` finds neither."""
    return OF_MONEY.search(text) is not None
