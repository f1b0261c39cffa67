"""A timetable as a picture: when each batch goes out, and each brand's load against what its agents hold."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, ALARM, INK, PALE, SECOND, Draw, write_png
from dialtest.language import _
from dialtest.model.brand import brand_name
from load.charts.axes import time_axis
from load.staffing.offered import QUARTER_S
from load.timetable.timetable import Row, Timetable

WIDTH_MM, PANEL_MM, BATCH_MM = 190, 38, 4.5
COLOURS = (ACCENT, SECOND, "#5B8C5A")


def write_timetable_chart(table: Timetable, path: Path) -> None:
    """A bar a batch, then a panel a brand; a PNG file. Raises DialtestError where the file cannot be written."""
    brands = [brand for brand in table.load if table.batches.get(brand)] or list(table.load)
    last = _last_quarter(table)
    rows = sorted(table.rows, key=lambda row: (row.begins, row.batch.number))
    draws: list[Draw] = [partial(_batches, table=table, rows=rows, brands=brands, last=last)] if rows else []
    draws += [partial(_load, table=table, brand=brand, last=last, legend=brand == brands[0]) for brand in brands]
    heights = [float(PANEL_MM)] * len(brands)
    if rows:
        heights.insert(0, 12 + BATCH_MM * len(rows))
    write_png(draws, path, WIDTH_MM, 10 + sum(heights), heights)


def _last_quarter(table: Timetable) -> int:
    """The picture ends a few hours after the last message, or with the axis."""
    sent = table.sent
    if sent is None:
        return table.grid.quarters
    return min(table.grid.quarters, int(table.grid.plan.since_begin_s(sent) // QUARTER_S) + 16)


def _batches(axes: Axes, table: Timetable, rows: list[Row], brands: list[str], last: int) -> None:
    plan = table.grid.plan
    for place, row in enumerate(reversed(rows)):
        begins, ends = (plan.since_begin_s(when) / QUARTER_S for when in (row.begins, row.sent))
        colour = COLOURS[brands.index(row.batch.brand) % len(COLOURS)]
        axes.barh(place, max(ends - begins, last / 200), left=begins, height=0.7, color=colour)
    names = [_("{number} {brand}").format(number=row.batch.number, brand=brand_name(row.batch.brand)) for row in rows]
    time_axis(axes, [table.grid.moment(quarter) for quarter in range(last)])
    axes.set_yticks(range(len(rows)), names[::-1])
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def _load(axes: Axes, table: Timetable, brand: str, last: int, legend: bool) -> None:
    places = range(last)
    load, fixed, capacity = (of[brand][:last] for of in (table.load, table.fixed, table.capacity))
    axes.fill_between(places, load, step="mid", color=PALE, linewidth=0, label=_("load with the batches"))
    axes.fill_between(places, fixed, step="mid", color=ACCENT, linewidth=0, label=_("load without them"))
    axes.fill_between(places, capacity, load, where=load > capacity, step="mid", color=ALARM, linewidth=0,
                      label=_("too much"))  # fmt: skip
    axes.step(places, capacity, where="mid", color=INK, linewidth=1.0, label=_("what the agents hold"))
    axes.set_ylabel(_("{brand}, erlangs").format(brand=brand_name(brand)), fontsize=9)
    time_axis(axes, [table.grid.moment(quarter) for quarter in places])
    if legend:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, columnspacing=1.2)
