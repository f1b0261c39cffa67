"""Staffing as a picture: agents needed with and without the emergency flow, against the agents there (H2)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, ALARM, INK, PALE, SECOND, Draw, write_png
from dialtest.language import _
from dialtest.model.brand import brand_name
from load.charts.axes import time_axis
from load.staffing.offered import QUARTER_S
from load.staffing.shifts import agents_now
from load.staffing.staffing import Staffing

WIDTH_MM, PANEL_MM = 190, 45


def write_staffing_chart(found: Staffing, path: Path) -> None:
    """One panel a brand, by quarter hour; a PNG file. Raises DialtestError where the file cannot be written."""
    brands = list(found.erlangs)
    draws: list[Draw] = [partial(_brand, found=found, brand=brand, legend=brand == brands[0]) for brand in brands]
    write_png(draws, path, WIDTH_MM, 12 + PANEL_MM * len(brands))


def _brand(axes: Axes, found: Staffing, brand: str, legend: bool) -> None:
    needed = found.without.roster.agents[brand]
    there = agents_now(found.plan, brand, len(needed))
    places = range(len(needed))
    axes.fill_between(places, there, step="mid", color=PALE, linewidth=0, label=_("agents there"))
    axes.fill_between(places, there, needed, where=needed > there, step="mid", color=ALARM, linewidth=0,
                      label=_("short"))  # fmt: skip
    axes.step(places, needed, where="mid", color=ACCENT, linewidth=1.2, label=_("agents needed"))
    if found.with_flow is not None:
        eased = found.with_flow.roster.agents[brand]
        axes.step(places, eased, where="mid", color=SECOND, linewidth=1.2, label=_("with the emergency flow"))
    load = found.erlangs[brand]
    axes.plot(range(len(load)), load, color=INK, linewidth=0.8, linestyle="dotted", label=_("load in erlangs"))
    axes.set_ylabel(brand_name(brand), fontsize=9)
    time_axis(axes, [found.plan.moment(place * QUARTER_S) for place in places])
    if legend:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=5, columnspacing=1.2)
