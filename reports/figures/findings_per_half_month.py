"""Figure: findings per half month by breach class, stacked."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from dialtest.drawing.canvas import drawn
from reports.bulletin_view import HalfCount
from reports.figures.stacked_findings import draw_stacked

MOST_LABELS = 11


def findings_per_half_month(trend: Sequence[HalfCount]) -> str:
    """The bars of `trend`, oldest first; an SVG `data:` address."""
    return drawn(lambda axes: _draw(axes, trend), 88, 36)


def _draw(axes: Axes, trend: Sequence[HalfCount]) -> None:
    every = 2 if len(trend) > MOST_LABELS else 1
    days = [f"{count.half.month}/{count.half.first_day.day}" for count in trend]
    labels = [day if place % every == 0 else "" for place, day in enumerate(days)]
    draw_stacked(axes, labels, [count.findings for count in trend])
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.02, 1.0),
        ncols=2,
        handlelength=1.2,
        columnspacing=1.2,
        labelspacing=0.25,
        fontsize=6,
    )
