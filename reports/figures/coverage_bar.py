"""Figure: services dialled of all, by service type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, INK, drawn
from dialtest.language import _
from reports import words
from reports.coverage import Row


def coverage_bar(by_type: Sequence[Row]) -> str:
    """One bar for each service type, as long as it has services; an SVG `data:` address."""
    return drawn(lambda axes: _draw(axes, list(reversed(by_type))), 88, 14 + 6 * max(len(by_type), 2))


def _draw(axes: Axes, rows: Sequence[Row]) -> None:
    places = range(len(rows))
    longest = max((row.of_services for row in rows), default=1) or 1
    dialled = [row.services for row in rows]
    missing = [row.of_services - row.services for row in rows]
    look: Any = {"edgecolor": INK, "linewidth": 0.5}
    axes.barh(places, dialled, 0.6, color=ACCENT, label=_("dialled"), **look)
    axes.barh(places, missing, 0.6, dialled, color="white", hatch="////", label=_("not yet dialled"), **look)
    for place, row in zip(places, rows, strict=True):
        told = f"{row.services}/{row.of_services}"
        axes.annotate(told, (row.of_services, place), (3, 0), textcoords="offset points", va="center", fontsize=7)
    axes.set_yticks(places, [words.service_type(row.name) for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, longest * 1.14)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, handlelength=1.4, columnspacing=1.2)
