"""The one font of figures and reports, Noto Sans SC (OFL 1.1), and where it lies."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from dialtest.errors import DialtestError

FAMILY = "Noto Sans SC"


@cache
def font_path() -> Path:
    """Where the package zhplot keeps the font; the package itself is not imported, it would change matplotlib."""
    spec = find_spec("zhplot")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for path in Path(place, "fonts").glob("NotoSansSC-Regular.ttf"):
            return path
    raise DialtestError("The font Noto Sans SC of the package zhplot is not there.", "Run make setup again.")
