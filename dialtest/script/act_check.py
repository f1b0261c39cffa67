"""Whether what a script asks for is an act at all: test teams write scripts, and whatever they hand over is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import get_args, get_type_hints

from dialtest.model.act import AnyAct

LONGEST_TEXT = 4_096
LARGEST_NUMBER = 10**9
EXPECTED = {
    str: f"a Unicode text of at most {LONGEST_TEXT} characters",
    int: f"a whole number from 0 to {LARGEST_NUMBER}",
    datetime: "a time with a zone",
}

Field = tuple[str, type, tuple[str, ...]]


def flaw(act: object) -> str:
    """What is wrong with it, in words that follow the scenario's name; empty where nothing is."""
    fields = _FIELDS.get(type(act))
    if fields is None:
        return f"awaited {type(act).__name__}, which is no act of a dial"
    for name, kind, words in fields:
        value = getattr(act, name)
        if type(value) is not kind or not (value in words if words else _is_usable(value)):
            expected = f"one of {', '.join(map(repr, words))}" if words else EXPECTED[kind]
            return f"asked for {type(act).__name__} with {name} {ascii(value)[:80]}, which is not {expected}"
    return ""


def _is_usable(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and (value.isascii() or _is_unicode(value))
    if isinstance(value, int):
        return 0 <= value <= LARGEST_NUMBER
    return isinstance(value, datetime) and value.tzinfo is not None


def _is_unicode(text: str) -> bool:
    """Whether no character is half a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fields(act: type) -> tuple[Field, ...]:
    """Each field's name and type, and the words it may have where these are few."""
    hints = get_type_hints(act)
    return tuple(
        (name, hints[name], ()) if hints[name] in EXPECTED else (name, str, get_args(hints[name]))
        for name in act.__struct_fields__  # type: ignore[attr-defined]
    )


_FIELDS: Mapping[type, tuple[Field, ...]] = {act: _fields(act) for act in get_args(AnyAct)}
