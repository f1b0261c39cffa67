"""A roster as shifts of one length that repeat every day: what can be written into a plan."""

from __future__ import annotations

import numpy as np

from load.plan.surge_plan import DAY_S, Shift, SurgePlan
from load.staffing.offered import QUARTER_S
from load.staffing.roster import PER_DAY, Counts, Roster


def daily_shifts(plan: SurgePlan, agents: Counts, shift_h: int) -> tuple[Shift, ...]:
    """Shifts of `shift_h` hours from midnight on, each with the most agents that any day needs in it.

    A day lasts from midnight to midnight; the last shift ends with it. At least one agent sits there.
    """
    first = plan.clock_begins_s // QUARTER_S
    day = np.zeros(PER_DAY, dtype=np.int64)
    np.maximum.at(day, (first + np.arange(len(agents))) % PER_DAY, agents)
    length_s = shift_h * 3600
    found: list[Shift] = []
    for begin in range(0, DAY_S, length_s):
        until = min(begin + length_s, DAY_S)
        most = max(1, int(day[begin // QUARTER_S : until // QUARTER_S].max()))
        if found and found[-1].agents == most:
            begin = found.pop().from_s
        found.append(Shift(begin, until, most))
    return tuple(found)


def as_toml(plan: SurgePlan, roster: Roster, shift_h: int) -> str:
    """The [agents] table of a plan."""
    lines = ["[agents]"]
    for brand, agents in roster.agents.items():
        shifts = daily_shifts(plan, agents, shift_h)
        if len(shifts) == 1:
            lines.append(f"{brand} = {shifts[0].agents}")
            continue
        lines.append(f"{brand} = [")
        lines += [f'  {{ from = "{_clock(one.from_s)}", until = "{_clock(one.until_s)}", agents = {one.agents} }},'
                  for one in shifts]  # fmt: skip
        lines.append("]")
    return "\n".join(lines) + "\n"


def agents_now(plan: SurgePlan, brand: str, quarters: int) -> Counts:
    """The agents the plan itself has at a desk in each quarter hour since its begin, which begins one."""
    desk, begins_s = plan.desk(brand), plan.clock_begins_s
    return np.array([desk.agents_at((begins_s + at * QUARTER_S) % DAY_S) for at in range(quarters)], dtype=np.int64)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"
