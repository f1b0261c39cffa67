"""Figure: calls of one run of load, quarter hour by quarter hour, against those the plan made expected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, INK, PALE, drawn_below
from dialtest.language import _
from reports import words
from reports.hotline_page import MeasuredBrand

MOST_TICKS = 12


def measured_against_forecast(brands: Sequence[MeasuredBrand]) -> str:
    """One panel a brand: bars of attempts, the answered part dark, a line of what was expected; an SVG `data:` address,
    empty where nothing was measured.
    """
    shown = [brand for brand in brands if brand.quarters]
    if not shown:
        return ""
    draws = [partial(_draw, brand=brand, first=brand is shown[0]) for brand in shown]
    return drawn_below(draws, 176, 14 + 30 * len(shown))


def _draw(axes: Axes, brand: MeasuredBrand, first: bool) -> None:
    places = range(len(brand.quarters))
    axes.bar(places, [one.calls for one in brand.quarters], 0.8, color=PALE, edgecolor=INK, linewidth=0.4,
             label=_("calls"))  # fmt: skip
    axes.bar(places, [one.answered for one in brand.quarters], 0.8, color=ACCENT, label=_("answered by an agent"))
    axes.plot(places, [one.expected for one in brand.quarters], "-D", color=INK, linewidth=1.0, markersize=3.0,
              markerfacecolor="white", label=_("callers expected"))  # fmt: skip
    step = max(1, len(brand.quarters) // MOST_TICKS)
    axes.set_xticks(list(places)[::step], [f"{one.begins:%H:%M}" for one in brand.quarters][::step])
    axes.set_ylabel(words.brand(brand.brand))
    axes.set_ylim(0, None)
    if first:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, columnspacing=1.4)
