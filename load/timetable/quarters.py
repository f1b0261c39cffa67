"""The axis of a timetable: quarter hours from a local midnight until the last caller of the last batch has called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, isfinite

import numpy as np
import numpy.typing as npt

from load.arrivals.curve import expected_callers
from load.arrivals.forecast import MINUTE_S
from load.law import Array
from load.plan.surge_plan import DAY_S, Batch, Shift, SurgePlan, Window
from load.staffing.offered import QUARTER_S, by_quarter, load_by_minute

PER_DAY = DAY_S // QUARTER_S
LONGEST_TAIL_S = 14.0 * DAY_S


@dataclass(frozen=True)
class Axis:
    """`plan` begins at a local midnight and ends with the axis; `first` and `last` quarter of the window (excluded)."""

    plan: SurgePlan
    first: int
    last: int
    quarters: int

    def moment(self, quarter: int) -> datetime:
        """When a quarter hour begins."""
        return self.plan.moment(quarter * QUARTER_S)

    def second_of_day(self, quarter: int) -> int:
        return quarter % PER_DAY * QUARTER_S


def axis(plan: SurgePlan, window: Window, moved: tuple[Batch, ...], fixed: tuple[Batch, ...]) -> Axis:
    """The axis for placing the batches `moved`, those `fixed` staying as they are."""
    begins = window.begins.astimezone(plan.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [batch.start for batch in fixed if batch.start is not None]
    if starts and min(starts) < begins:
        begins -= timedelta(days=ceil((begins - min(starts)) / timedelta(days=1)))
    tail_s = max((_tail_s(batch, plan) for batch in moved), default=0.0)
    first = ceil((window.begins - begins).total_seconds() / QUARTER_S)
    last = int((window.ends - begins).total_seconds() // QUARTER_S)
    quarters = last + ceil(tail_s / QUARTER_S)
    ends = begins + timedelta(seconds=quarters * QUARTER_S)
    return Axis(replace(plan, begins=begins, ends=ends, batches=fixed), first, last, quarters)


def fixed_load(grid: Axis, brand: str) -> Array:
    """The load of ordinary calls and of the batches that stay, in erlangs by quarter hour."""
    edges_s = np.arange(grid.quarters * QUARTER_S // MINUTE_S + 1, dtype=np.float64) * MINUTE_S
    callers = expected_callers(grid.plan, brand, edges_s)
    return by_quarter(load_by_minute(callers, grid.plan.call))


def agents_by_quarter(shifts: tuple[Shift, ...], quarters: int) -> npt.NDArray[np.int64]:
    """The fewest agents that sit there at any moment of each quarter hour, from midnight."""
    day = [min(one.agents for one in shifts if one.from_s < begin + QUARTER_S and begin < one.until_s)
           for begin in range(0, DAY_S, QUARTER_S)]  # fmt: skip
    return np.resize(np.array(day, dtype=np.int64), quarters)


def _tail_s(batch: Batch, plan: SurgePlan) -> float:
    """How long after it is sent a batch still brings load."""
    tail_s = sum(float(law.quantile_s(0.9999)) for law in (batch.callback.delay, plan.call.handle))
    return min(tail_s, LONGEST_TAIL_S) if isfinite(tail_s) else LONGEST_TAIL_S
