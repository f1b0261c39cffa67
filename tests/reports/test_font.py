"""The subset of the font a document carries."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from reports.font import ASCII, covered, subset_woff2


def test_the_subset_has_what_is_wanted_and_ascii_and_little_else() -> None:
    with TTFont(BytesIO(subset_woff2("拨测周报"))) as font:
        assert set("拨测周报") | set(ASCII) == set(map(chr, font.getBestCmap()))


def test_the_same_characters_in_any_order_give_the_same_bytes() -> None:
    assert subset_woff2("拨测周报") == subset_woff2("报周测拨报")


def test_a_character_without_a_glyph_is_refused_rather_than_shown_as_a_box() -> None:
    with pytest.raises(ValueError, match=r"no glyph for U\+1F600"):
        subset_woff2("😀")


def test_the_font_covers_every_character_of_gb2312() -> None:
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    hanzi = {pair.decode("gb2312", errors="ignore") for pair in rows} - {""}
    assert (6763, set()) == (len(hanzi), hanzi - covered())
