"""A forecast as a picture: callers expected of each brand, one on the other, by quarter hour (H1)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, INK, SECOND, write_png
from dialtest.language import _
from dialtest.model.brand import brand_name
from load.arrivals.forecast import MINUTE_S, Forecast
from load.charts.axes import time_axis

QUARTER = 15
COLOURS = (ACCENT, SECOND, "#5B8C5A", "#C9D3DC")


def write_forecast_chart(found: Forecast, path: Path) -> None:
    """A PNG file. Raises DialtestError where it cannot be written."""
    write_png([partial(_draw, found=found)], path, 190, 75)


def _draw(axes: Axes, found: Forecast) -> None:
    base = np.zeros(-(-found.minutes // QUARTER))
    for place, (brand, one) in enumerate(found.by_brand.items()):
        padded = np.concatenate((one.callers, np.zeros(-found.minutes % QUARTER)))
        callers = padded.reshape(-1, QUARTER).sum(axis=1)
        axes.bar(range(len(base)), callers, 1.0, bottom=base, color=COLOURS[place % len(COLOURS)], edgecolor=INK,
                 linewidth=0.1, label=brand_name(brand))  # fmt: skip
        base = base + callers
    axes.set_ylabel(_("callers a quarter hour"))
    time_axis(axes, [found.plan.moment(place * QUARTER * MINUTE_S) for place in range(len(base))])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4)
