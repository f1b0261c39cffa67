"""The subset of the one font that a document carries with it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from dialtest.drawing.font import font_path

ASCII = "".join(map(chr, range(0x20, 0x7F)))


@cache
def covered() -> frozenset[str]:
    """Every character the font has a glyph for."""
    with TTFont(font_path(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def subset_woff2(characters: Iterable[str]) -> bytes:
    """The font cut down to `characters` (and ASCII) as WOFF2: the same bytes for the same characters.

    Raises ValueError for a character the font lacks: it would come out as an empty box.
    """
    wanted = {character for character in characters if character >= " "} | set(ASCII)
    missing = sorted(wanted - covered())
    if missing:
        raise ValueError(f"the font has no glyph for {', '.join(f'U+{ord(one):04X}' for one in missing[:10])}")
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14], recalc_timestamp=False)
    with TTFont(font_path(), lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(wanted)))
        cutter.subset(font)
        font.flavor = "woff2"
        written = BytesIO()
        font.save(written)
    return written.getvalue()


def data_uri(characters: Iterable[str]) -> str:
    """The subset as a `data:` address for @font-face."""
    return "data:font/woff2;base64," + b64encode(subset_woff2(characters)).decode()
