"""Figure: agents needed to hold the standard through the week ahead, against the agents who sit there (H2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import numpy as np
from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, ALARM, PALE, drawn_below
from dialtest.language import _
from load.outlook import QUARTERS, DayAhead
from reports import words


def agents_ahead(days: Sequence[DayAhead]) -> str:
    """One panel a brand: a shade of agents there, a line of agents needed, red where they are short; an SVG `data:`
    address, empty for no days.
    """
    brands = list(dict.fromkeys(day.brand for day in days))
    if not brands:
        return ""
    first = min(day.begins for day in days)
    length = (max(day.begins for day in days) - first).days + 1
    ticks = [first + timedelta(days=day) for day in range(length)]
    draws: list[Callable[[Axes], None]] = []
    for place, brand in enumerate(brands):
        of_brand = {(day.begins - first).days: day for day in days if day.brand == brand}
        draws.append(partial(_draw, brand=brand, days=of_brand, length=length, first=not place))
    labels = [words.short_date(day.date()) for day in ticks]
    draws[-1] = partial(_with_days, draw=draws[-1], labels=labels)
    return drawn_below(draws, 176, 14 + 26 * len(brands))


def _draw(axes: Axes, brand: str, days: dict[int, DayAhead], length: int, first: bool) -> None:
    needed, agents = np.full(length * QUARTERS, np.nan), np.full(length * QUARTERS, np.nan)
    for place, day in days.items():
        needed[place * QUARTERS : (place + 1) * QUARTERS] = day.agents_needed
        agents[place * QUARTERS : (place + 1) * QUARTERS] = day.agents
    x = np.arange(length * QUARTERS) / QUARTERS
    axes.fill_between(x, agents, step="post", color=PALE, linewidth=0, label=_("agents there"))
    axes.fill_between(x, agents, needed, where=needed > agents, step="post", color=ALARM, linewidth=0, label=_("short"))
    axes.step(x, needed, where="post", color=ACCENT, linewidth=1.0, label=_("agents needed"))
    axes.set_ylabel(words.brand(brand))
    axes.set_xlim(0, length)
    axes.set_ylim(0, None)
    if first:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, columnspacing=1.4)


def _with_days(axes: Axes, draw: Callable[[Axes], None], labels: Sequence[str]) -> None:
    draw(axes)
    axes.set_xticks([place + 0.5 for place in range(len(labels))], labels)
    axes.set_xticks(range(len(labels) + 1), minor=True)
    axes.tick_params(axis="x", which="major", length=0)
