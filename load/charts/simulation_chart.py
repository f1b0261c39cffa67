"""A simulation as a picture: calls and agents over the day of each brand, and rates against their standards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, ALARM, INK, PALE, SECOND, Draw, write_png
from dialtest.language import _
from dialtest.model.brand import brand_name
from load.charts.axes import RateShown, rates, time_axis
from load.plan.surge_plan import SurgePlan
from load.simulation.counts import QUARTER_S
from load.simulation.simulated import Simulated, SimulatedBrand

WIDTH_MM, PANEL_MM, RATE_MM = 190, 38, 14


def write_simulation_chart(plan: SurgePlan, found: Simulated, path: Path) -> None:
    """Two panels a brand by quarter hour, calls above, agents and waiting callers below; then all rates; a PNG file.

    Raises DialtestError where the file cannot be written.
    """
    draws: list[Draw] = []
    for one in found.brands:
        draws += [partial(_calls, plan=plan, brand=one), partial(_agents, plan=plan, brand=one)]
    rates_mm = 20 + RATE_MM * len(found.brands)
    heights = [*(PANEL_MM for _draw in draws), rates_mm]
    write_png([*draws, partial(_rates, found=found)], path, WIDTH_MM, sum(heights), heights)


def _calls(axes: Axes, plan: SurgePlan, brand: SimulatedBrand) -> None:
    quarters = brand.quarters
    edges = np.arange(len(quarters.attempts) + 1) - 0.5
    axes.stairs(quarters.attempts, edges, fill=True, color=PALE, label=_("calls a quarter hour"))
    axes.stairs(quarters.answered, edges, fill=True, color=ACCENT, label=_("answered by an agent"))
    for counted, colour, label in (
        (quarters.diverted, SECOND, _("took the self-service")),
        (quarters.busy, ALARM, _("lines busy")),
    ):
        if counted.any():
            axes.stairs(counted, edges, baseline=None, color=colour, linewidth=1.2, label=label)
    _finish(axes, plan, brand)


def _agents(axes: Axes, plan: SurgePlan, brand: SimulatedBrand) -> None:
    quarters, desk = brand.quarters, plan.desk(brand.brand)
    edges = np.arange(len(quarters.attempts) + 1) - 0.5
    there = [desk.agents_at(plan.second_of_day(place * QUARTER_S)) for place in range(len(quarters.attempts))]
    axes.stairs(quarters.waiting, edges, baseline=None, color=ALARM, linewidth=1.2, label=_("waiting"))
    axes.stairs(quarters.busy_agents, edges, baseline=None, color=SECOND, linewidth=1.2, label=_("agents busy"))
    axes.stairs(there, edges, baseline=None, color=INK, linewidth=0.8, linestyle="dashed", label=_("agents there"))
    _finish(axes, plan, brand)


def _finish(axes: Axes, plan: SurgePlan, brand: SimulatedBrand) -> None:
    axes.set_ylabel(brand_name(brand.brand), fontsize=9)
    time_axis(axes, [plan.moment(place * QUARTER_S) for place in range(len(brand.quarters.attempts))])
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1.0), ncols=4, columnspacing=1.2, borderpad=0)


def _rates(axes: Axes, found: Simulated) -> None:
    shown = []
    for brand in found.brands:
        by_attempts, by_callers = brand.connection_rate_by_attempts, brand.connection_rate_by_callers
        name = brand_name(brand.brand)
        for said, one in ((_("by attempts"), by_attempts), (_("by callers"), by_callers)):
            low, high = (one.low, one.high) if one.has_interval else (None, None)
            shown.append(RateShown(f"{name} {said}", one.mean, low, high, brand.standard))
    rates(axes, shown)
    axes.set_xlabel(_("connection rate with its 95 % interval; dashed: the standard"))
