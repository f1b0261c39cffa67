"""How text from outside is shown on a terminal: nothing in it moves a cursor, or hides or reverses its neighbours."""

from __future__ import annotations

IDEOGRAPHIC_SPACE = "\u3000"


def printable(text: str, most_characters: int = 0) -> str:
    """`text` in one line: control, format and direction characters as escapes; cut after `most_characters`, 0: not."""
    if most_characters and len(text) > most_characters:
        text = text[:most_characters] + "…"
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter == IDEOGRAPHIC_SPACE else _escaped(letter) for letter in text
    )


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")
