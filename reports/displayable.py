"""Makes any text from outside showable: what is invisible, reorders its neighbours or has no glyph is spelled out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from reports.font import covered

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"


def displayable(text: str) -> str:
    """`text` with every character a reader can see and the report's font can draw.

    A line end becomes ⏎, a tab a space; control and format characters (bidirectional ones included), combining marks,
    lone surrogates and characters the font lacks become ‹U+202E›: their code point in hexadecimal.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def brief(text: str, most: int = 300) -> str:
    """At most `most` characters of a text, … marking the cut."""
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache(maxsize=50_000)
def _shown(character: str) -> str:
    if character in LINE_ENDS:
        return " ⏎ "
    if character == "\t":
        return " "
    if unicodedata.category(character)[0] in "CM" or character not in covered():
        return f"‹U+{ord(character):04X}›"
    return character
