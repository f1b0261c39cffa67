"""A simulation as a picture: calls and agents over the day of each brand, and rates against their standards."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, ALARM, INK, PALE, SECOND, Draw, write_png
from dialtest.language import _
from load import words
from load.charts.axes import RateShown, rates, time_axis
from load.plan.surge_plan import SurgePlan
from load.simulation.counts import QUARTER_S
from load.simulation.simulated import Simulated, SimulatedBrand

WIDTH_MM, PANEL_MM, RATE_MM = 190, 48, 14


def write_simulation_chart(plan: SurgePlan, found: Simulated, path: Path) -> None:
    """One panel a brand with calls, agents and waiting callers by quarter hour, then all rates; a PNG file.

    Raises DialtestError where the file cannot be written.
    """
    first = found.brands[0]
    draws: list[Draw] = [partial(_brand, plan=plan, brand=one, legend=one is first) for one in found.brands]
    draws.append(partial(_rates, found=found))
    write_png(draws, path, WIDTH_MM, PANEL_MM * len(found.brands) + 20 + RATE_MM * len(found.brands))


def _brand(axes: Axes, plan: SurgePlan, brand: SimulatedBrand, legend: bool) -> None:
    quarters = brand.quarters
    places = range(len(quarters.attempts))
    moments = [plan.moment(place * QUARTER_S) for place in places]
    axes.bar(places, quarters.attempts, 0.8, color=PALE, edgecolor=INK, linewidth=0.3, label=_("calls a quarter hour"))
    axes.bar(places, quarters.answered, 0.8, color=ACCENT, label=_("answered by an agent"))
    axes.plot(places, quarters.waiting, color=ALARM, linewidth=1.2, label=_("waiting"))
    axes.plot(places, quarters.busy_agents, color=SECOND, linewidth=1.2, label=_("agents busy"))
    desk = plan.desk(brand.brand)
    there = [desk.agents_at(plan.second_of_day(place * QUARTER_S)) for place in places]
    axes.step(places, there, where="mid", color=INK, linewidth=0.8, linestyle="dashed", label=_("agents there"))
    axes.set_ylabel(words.brand(brand.brand), fontsize=9)
    time_axis(axes, moments)
    if legend:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=5, columnspacing=1.2)


def _rates(axes: Axes, found: Simulated) -> None:
    shown = []
    for brand in found.brands:
        by_attempts, by_callers = brand.connection_rate_by_attempts, brand.connection_rate_by_callers
        name = words.brand(brand.brand)
        for said, one in ((_("by attempts"), by_attempts), (_("by callers"), by_callers)):
            low, high = (one.low, one.high) if one.low == one.low else (None, None)
            shown.append(RateShown(f"{name} {said}", one.mean, low, high, brand.standard))
    rates(axes, shown)
    axes.set_xlabel(_("connection rate with its 95 % interval; dashed: the standard"))
