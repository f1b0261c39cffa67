"""What the surge's charts share: an axis of quarter hours, and rates with their intervals against the standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from dialtest.drawing.canvas import ACCENT, INK, PALE

MOST_TICKS, MOST_LONG_TICKS = 12, 8
ONE_DAY_S = 86_400
LONG_DAYS = 3


@dataclass(frozen=True, slots=True)
class RateShown:
    """A rate by its name on the axis, with its interval; `standard`: what it should reach. None: not known."""

    name: str
    rate: float
    low: float | None = None
    high: float | None = None
    standard: float | None = None


def time_axis(axes: Axes, moments: Sequence[datetime]) -> None:
    """Ticks at some of the moments, which stand at 0, 1, 2 …; with the day where they span more than one, at midnights
    where they span more than three.
    """
    days = (moments[-1] - moments[0]).total_seconds() / ONE_DAY_S if moments else 0.0
    places: Sequence[int] = range(len(moments))
    if days > LONG_DAYS:
        places = [place for place in places if (moments[place].hour, moments[place].minute) == (0, 0)]
    form = "%m-%d" if days > LONG_DAYS else "%m-%d %H:%M" if days > 1 else "%H:%M"
    step = max(1, -(-len(places) // (MOST_LONG_TICKS if days > 1 else MOST_TICKS)))
    axes.set_xticks(places[::step], [moments[place].strftime(form) for place in places[::step]])
    axes.set_xlim(-0.5, max(len(moments) - 0.5, 0.5))
    axes.set_ylim(0, None)
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)


def rates(axes: Axes, shown: Sequence[RateShown]) -> None:
    """One line a rate: a dot, its interval, and a stroke where the standard is."""
    for place, one in enumerate(reversed(shown)):
        if one.low is not None and one.high is not None:
            axes.hlines(place, one.low, one.high, color=INK, linewidth=1.4)
            axes.plot([one.low, one.high], [place, place], "|", color=INK, markersize=5)
        axes.plot(one.rate, place, "o", color=ACCENT, markersize=5)
        if one.standard is not None:
            axes.vlines(one.standard, place - 0.35, place + 0.35, color=INK, linewidth=1.0, linestyles="dashed")
    axes.set_yticks(range(len(shown)), [one.name for one in reversed(shown)])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.7, len(shown) - 0.3)
    axes.set_xlim(0, 1.01)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.grid(axis="x", color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)
