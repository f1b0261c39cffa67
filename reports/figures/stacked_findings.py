"""How findings of the breach classes are stacked over time, whatever the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from dialtest.drawing.canvas import INK
from dialtest.language import _
from dialtest.model.finding import BREACH_CLASSES, BreachClass
from reports import words
from reports.figures.breach_looks import BREACH_LOOKS

SHOWN_BARS = 4


def draw_stacked(axes: Axes, labels: Sequence[str], counts: Sequence[Mapping[BreachClass, int]]) -> None:
    """One bar for each period, oldest first, its total above it."""
    places = range(len(labels))
    floor = [0] * len(labels)
    for breach in BREACH_CLASSES:
        now = [count[breach] for count in counts]
        fill, hatch = BREACH_LOOKS[breach]
        look = {"color": fill, "hatch": hatch, "edgecolor": INK, "linewidth": 0.5, "label": words.breach(breach)}
        axes.bar(places, now, 0.7, floor, **look)  # type: ignore[arg-type]
        floor = [low + count for low, count in zip(floor, now, strict=True)]
    for place, total in zip(places, floor, strict=True):
        if total:
            axes.annotate(str(total), (place, total), (0, 2), textcoords="offset points", ha="center", fontsize=7)
    axes.set_xticks(places, labels, fontsize=6.5)
    axes.set_xlim(-0.6, max(len(labels), SHOWN_BARS) - 0.4)
    axes.set_ylim(0, max(*floor, 4) * 1.12)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_ylabel(_("findings"))
