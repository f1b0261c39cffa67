"""What the page “10086” says (H1, H2): last week measured against forecast, next week's calls, agents and batches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from dialtest.clock import Week
from dialtest.policy.policy import Policy
from load.arrivals.curve import expected_callers
from load.law import Array
from load.measured import Measured, all_measured
from load.outlook import BatchAhead, DayAhead, batches_ahead, days_ahead, expected_rate
from load.plan.planned import only_planned
from load.plan.reading import load_plan
from load.plan.surge_plan import SurgePlan
from load.staffing.offered import QUARTER_S
from reports.matter import Rate

PLAN_FILE = "surge.toml"
DAYS = 7


@dataclass(frozen=True, slots=True)
class QuarterHour:
    """One quarter hour of a brand: callers expected, attempts measured, and those an agent answered."""

    begins: datetime
    expected: float
    calls: int
    answered: int


@dataclass(frozen=True, slots=True)
class MeasuredBrand:
    """One brand in one run of load. `expected`: callers the plan made expected while it ran, `expected_rate`: and the
    connection rate by attempts.

    by_attempts: attempts answered of those that asked for an agent; by_callers: the same of people; within_15_s.
    """

    brand: str
    standard: float
    expected: float
    expected_rate: float
    callers: int
    attempts: int
    by_attempts: Rate
    by_callers: Rate
    within_15_s: Rate
    abandoned: int
    diverted: int
    recorded: int
    failed: int
    mean_wait_s: float
    quarters: tuple[QuarterHour, ...]

    @property
    def below(self) -> bool:
        """Whether the whole 95 % interval of the rate by attempts lies below the standard."""
        return self.by_attempts.dials > 0 and self.by_attempts.interval[1] < self.standard


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """One run of load, whose arrivals lie in the reported week."""

    run: Measured
    same_plan: bool
    brands: tuple[MeasuredBrand, ...]


@dataclass(frozen=True, slots=True)
class HotlinePage:
    """The page. `days` and `batches` are those of the week after the reported one; all empty: nothing is planned."""

    plan: str
    runs: tuple[MeasuredRun, ...]
    next_monday: date
    days: tuple[DayAhead, ...]
    batches: tuple[BatchAhead, ...]

    @property
    def next_sunday(self) -> date:
        return self.next_monday + timedelta(days=DAYS - 1)

    @property
    def short(self) -> tuple[DayAhead, ...]:
        """The days on which agents are missing, the worst first."""
        return tuple(sorted((day for day in self.days if day.short), key=lambda day: (-day.short, day.begins)))


def hotline_page(folder: Path, policy: Policy, week: Week) -> HotlinePage | None:
    """The page of a campaign folder for one week; None where it has no surge.toml.

    Raises DialtestError for a plan or a measurement that cannot be read.
    """
    path = folder / PLAN_FILE
    if not path.exists():
        return None
    plan, _unplanned = only_planned(load_plan(path))
    starts, ends = week.start(policy.zone), week.end(policy.zone)
    runs = [run for run in all_measured(folder) if starts <= run.begins < ends]
    return HotlinePage(
        plan=plan.name,
        runs=tuple(_run(plan, run) for run in runs),
        next_monday=week.monday + timedelta(days=DAYS),
        days=days_ahead(plan, week.monday + timedelta(days=DAYS), DAYS),
        batches=batches_ahead(plan, ends, ends + timedelta(days=DAYS)),
    )


def _run(plan: SurgePlan, run: Measured) -> MeasuredRun:
    brands = [_brand(plan, run, brand) for brand in plan.brands if run.of_brand(brand) is not None]
    return MeasuredRun(
        run, run.digest == plan.digest, tuple(one for one in brands if one.attempts or one.expected >= 1)
    )


def _brand(plan: SurgePlan, run: Measured, brand: str) -> MeasuredBrand:
    measured = run.of_brand(brand)
    assert measured is not None  # noqa: S101 - asked for above
    tally = measured.tally
    quarters = _quarters(plan, run, brand)
    asked = tally.attempts - tally.diverted
    return MeasuredBrand(
        brand=brand,
        standard=plan.desk(brand).standard,
        expected=sum(one.expected for one in quarters),
        expected_rate=expected_rate(plan, plan.desk(brand), _edges_s(plan, run)),
        callers=tally.callers,
        attempts=tally.attempts,
        by_attempts=Rate(tally.answered, asked),
        by_callers=Rate(tally.callers_answered, tally.callers - tally.callers_diverted),
        within_15_s=Rate(tally.answered_within, asked),
        abandoned=tally.abandoned,
        diverted=tally.diverted,
        recorded=tally.recorded,
        failed=tally.failed + tally.busy,
        mean_wait_s=tally.mean_wait_s,
        quarters=quarters,
    )


def _quarters(plan: SurgePlan, run: Measured, brand: str) -> tuple[QuarterHour, ...]:
    """The run's quarter hours, those without a call too; the last one ends with the run."""
    edges_s = _edges_s(plan, run)
    counted = _counted(run, brand)
    begun = [plan.moment(edge_s) for edge_s in edges_s[:-1].tolist()]
    return tuple(
        QuarterHour(begins, float(callers), *counted.get(begins, (0, 0)))
        for begins, callers in zip(begun, expected_callers(plan, brand, edges_s), strict=True)
    )


def _edges_s(plan: SurgePlan, run: Measured) -> Array:
    """The quarter hours of a run in seconds since the plan's begin; the last one ends with the run."""
    length_s = (run.ends - run.begins).total_seconds()
    edges_s = np.append(np.arange(0.0, length_s, QUARTER_S), length_s) + plan.since_begin_s(run.begins)
    return np.asarray(edges_s, dtype=np.float64)


def _counted(run: Measured, brand: str) -> dict[datetime, tuple[int, int]]:
    return {one.begins: (one.calls, one.answered) for one in run.quarters if one.brand == brand}
