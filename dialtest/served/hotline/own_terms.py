"""A hotline that differs from its policy's: keys of [terms.hotline] in a TOML file of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms

FILE_LIMIT = 1_000_000


def own_terms(terms: HotlineTerms, path: Path) -> HotlineTerms:
    """`terms` with the keys the file at `path` states (`desks`, `[emergency]`, …), tables merged, lists replaced.

    Raises DialtestError for a file that cannot be read and for keys or values no hotline has.
    """
    try:
        merged = _merged(msgspec.to_builtins(terms), tomllib.loads(_text(path)))
        return msgspec.convert(merged, HotlineTerms)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise DialtestError(
            _("The terms in {path} are not valid: {error}.").format(path=path, error=error),
            _("Write keys of a policy's [terms.hotline], such as desks or [emergency]."),
        ) from None


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise ValueError(_("larger than 1 MB"))
    return content.decode("utf-8-sig")


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """`old` with what `new` states; a key that `old` lacks is refused, with the nearest one it has."""
    for key in new:
        if key not in old:
            near = get_close_matches(key, list(old), 1, 0.5)
            raise ValueError(f"“{key}”" + (_(", do you mean “{near}”?").format(near=near[0]) if near else ""))
    both = {key: _merged(old[key], value) for key, value in new.items()
            if isinstance(value, Mapping) and isinstance(old[key], Mapping)}  # fmt: skip
    return {**old, **new, **both}
