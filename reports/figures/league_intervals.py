"""Figure: how often each provider's dials meet a breach, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from dialtest.drawing.canvas import ACCENT, INK, PALE, drawn
from dialtest.language import _
from reports.displayable import brief, displayable
from reports.league import Standing

MOST_SHOWN = 15


def league_intervals(league: Sequence[Standing]) -> str:
    """The worst providers with findings, worst on top; an SVG `data:` address, empty when nobody has any."""
    shown = [standing for standing in league if standing.findings and standing.rate.dials][:MOST_SHOWN]
    if not shown:
        return ""
    return drawn(lambda axes: _draw(axes, shown[::-1]), 176, 16 + 5.2 * max(len(shown), 2))


def _draw(axes: Axes, standings: Sequence[Standing]) -> None:
    for place, standing in enumerate(standings):
        low, high = standing.rate.interval
        share = standing.rate.found / standing.rate.dials
        axes.hlines(place, 0, 1, color=PALE, linewidth=0.4, zorder=1)
        axes.hlines(place, low, high, color=INK, linewidth=1.4, zorder=2)
        axes.plot([low, high], [place, place], "|", color=INK, markersize=5, zorder=2)
        axes.plot(share, place, "o", color=ACCENT, markersize=4.5, zorder=3)
    names = [displayable(brief(standing.provider_name or standing.provider_code, 24)) for standing in standings]
    axes.set_yticks(range(len(standings)), names, parse_math=False)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.7, len(standings) - 0.3)
    axes.set_xlim(-0.01, 1.01)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(_("share of dials with a finding, and its 95% interval (Wilson)"))
