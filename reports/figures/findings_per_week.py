"""Figure: findings per week by breach class, stacked."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from dialtest.language import _
from dialtest.model.finding import BREACH_CLASSES
from reports import words
from reports.figures.canvas import BREACH_LOOKS, INK, drawn
from reports.weekly_view import WeekCount


def findings_per_week(trend: Sequence[WeekCount]) -> str:
    """The bars of `trend`, oldest week first; an SVG `data:` address."""
    return drawn(lambda axes: _draw(axes, trend), 88, 54)


def _draw(axes: Axes, trend: Sequence[WeekCount]) -> None:
    places = range(len(trend))
    floor = [0] * len(trend)
    for breach in BREACH_CLASSES:
        counts = [week.findings[breach] for week in trend]
        fill, hatch = BREACH_LOOKS[breach]
        axes.bar(
            places,
            counts,
            0.7,
            floor,
            color=fill,
            hatch=hatch,
            edgecolor=INK,
            linewidth=0.5,
            label=words.breach(breach),
        )
        floor = [low + count for low, count in zip(floor, counts, strict=True)]
    for place, total in zip(places, floor, strict=True):
        if total:
            axes.annotate(str(total), (place, total), (0, 2), textcoords="offset points", ha="center", fontsize=7)
    axes.set_xticks(places, [f"W{week.week.number:02d}" for week in trend], fontsize=6.5)
    axes.set_xlim(-0.6, max(len(trend), 4) - 0.4)
    axes.set_ylim(0, max(*floor, 4) * 1.12)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_ylabel(_("findings"))
    axes.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=3, handlelength=1.2, columnspacing=0.9, fontsize=7)
