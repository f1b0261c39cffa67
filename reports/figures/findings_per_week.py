"""Figure: findings per week by breach class, stacked."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from dialtest.drawing.canvas import drawn
from reports.figures.stacked_findings import draw_stacked
from reports.weekly_view import WeekCount


def findings_per_week(trend: Sequence[WeekCount]) -> str:
    """The bars of `trend`, oldest week first; an SVG `data:` address."""
    return drawn(lambda axes: _draw(axes, trend), 88, 54)


def _draw(axes: Axes, trend: Sequence[WeekCount]) -> None:
    draw_stacked(axes, [f"W{week.week.number:02d}" for week in trend], [week.findings for week in trend])
    axes.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=3, handlelength=1.2, columnspacing=0.9, fontsize=7)
