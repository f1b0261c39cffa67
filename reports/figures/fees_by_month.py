"""Figure: information fees on the test numbers' bills by month, and what was paid back (D10)."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, INK, drawn
from dialtest.language import _
from reports.side_effects import MonthEffects


def fees_by_month(effects: Sequence[MonthEffects]) -> str:
    """Fees upwards, refunds downwards, oldest month first; an SVG `data:` address, empty without any."""
    if not any(one.fees_fen or one.paid_back_fen for one in effects):
        return ""
    return drawn(lambda axes: _draw(axes, effects), 176, 46)


def _draw(axes: Axes, effects: Sequence[MonthEffects]) -> None:
    places = range(len(effects))
    look = {"edgecolor": INK, "linewidth": 0.5}
    monthly = [one.monthly_fen / 100 for one in effects]
    axes.bar(places, monthly, 0.55, color=ACCENT, label=_("Monthly fees"), **look)  # type: ignore[arg-type]
    per_use = [one.per_use_fen / 100 for one in effects]
    axes.bar(places, per_use, 0.55, monthly, color="#C9D3DC", hatch="....", label=_("Fees per use"), **look)  # type: ignore[arg-type]
    back = [-one.paid_back_fen / 100 for one in effects]
    axes.bar(places, back, 0.55, color="white", hatch="////", label=_("Paid back"), **look)  # type: ignore[arg-type]
    axes.axhline(0, color=INK, linewidth=0.5)
    axes.set_xticks(places, [str(one.month) for one in effects])
    axes.set_ylabel(_("on the bills"))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, handlelength=1.4)
