"""What the verbs of the surge call things in the user's language: brands, moments, rates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rich import box
from rich.table import Column, Table

from dialtest.commands.screen import clean
from dialtest.language import _
from dialtest.model.brand import brand_name

brand = brand_name


def moment(when: datetime | None) -> str:
    """A moment to the minute; an empty text for none."""
    return f"{when:%Y-%m-%d %H:%M}" if when else ""


def span(begins: datetime, ends: datetime) -> str:
    """From one moment until another, to the minute, the year left out; the second day only where it is another."""
    until = "" if begins == ends else f"–{ends:%H:%M}" if begins.date() == ends.date() else f"–{ends:%m-%d %H:%M}"
    return f"{begins:%m-%d %H:%M}{until}"


def figure(code: str) -> str:
    """A figure of a queue."""
    names: Mapping[str, str] = {
        "connection_rate_by_attempts": _("rate by attempts"),
        "connection_rate_by_callers": _("rate by callers"),
        "connection_rate_within": _("rate within 15 s"),
        "mean_wait_s": _("mean wait"),
    }
    return names.get(code, code)


def percent(share: float) -> str:
    """A share to a tenth of a percent."""
    return f"{100 * share:.1f} %"


def table(*columns: str) -> Table:
    """An empty table for a narrow terminal: nothing in it is broken over lines, figures stand to the right."""
    shown = (Column(clean(name), no_wrap=True, justify="left" if place < 2 else "right")
             for place, name in enumerate(columns))  # fmt: skip
    return Table(*shown, box=box.SIMPLE_HEAD, pad_edge=False)
