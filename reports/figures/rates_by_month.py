"""Figure: findings per 100 dials begun in each month, by breach class, with 95 % intervals (D9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes

from dialtest.drawing.canvas import INK, PALE, drawn
from dialtest.language import _
from dialtest.model.finding import BREACH_CLASSES
from reports import words
from reports.figures.breach_looks import BREACH_LOOKS
from reports.months import MonthRates

MARKS = ("o", "s", "^", "D")
APART = 0.17


def rates_by_month(months: Sequence[MonthRates], between: tuple[date, date] | None) -> str:
    """One mark and line for each class and month, oldest first; an SVG `data:` address, empty without a dial.

    `between`: the last day before and the first after the rectification, a border in the picture.
    """
    if not months:
        return ""
    return drawn(lambda axes: _draw(axes, months, between), 176, 62)


def _draw(axes: Axes, months: Sequence[MonthRates], between: tuple[date, date] | None) -> None:
    tallest = 0.0
    for place, breach in enumerate(BREACH_CLASSES):
        shown = [(at, month.by_breach[breach]) for at, month in enumerate(months) if month.by_breach[breach].dials]
        xs = [at + (place - (len(BREACH_CLASSES) - 1) / 2) * APART for at, _rate in shown]
        shares = [100 * rate.found / rate.dials for _at, rate in shown]
        ends = [(100 * low, 100 * high) for low, high in (rate.interval for _at, rate in shown)]
        axes.vlines(xs, [low for low, _high in ends], [high for _low, high in ends], color=INK, linewidth=0.8, zorder=2)
        fill = BREACH_LOOKS[breach][0]
        look = {"markerfacecolor": fill, "markeredgecolor": INK, "markeredgewidth": 0.5, "markersize": 4.5}
        axes.plot(xs, shares, MARKS[place], label=words.breach(breach), zorder=3, **look)  # type: ignore[arg-type]
        tallest = max(tallest, *(share for share in shares), 0.0)
    _border(axes, months, between)
    axes.set_xticks(range(len(months)), [str(month.month) for month in months])
    axes.set_xlim(-0.6, len(months) - 0.4)
    axes.set_ylim(0, min(100, max(tallest * 2, 10)))
    axes.set_ylabel(_("dials with a finding, of 100"))
    axes.grid(axis="y", color=PALE, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, handletextpad=0.2, columnspacing=1.4)


def _border(axes: Axes, months: Sequence[MonthRates], between: tuple[date, date] | None) -> None:
    """A shade over the months of rectification."""
    if between is None:
        return
    inside = [at for at, month in enumerate(months) if between[0] < month.month.first_day < between[1]]
    if inside:
        axes.axvspan(inside[0] - 0.5, inside[-1] + 0.5, color="#F1F3F5", zorder=0)
