"""Connection rates by quarter hour and by batch, from simulated replications, with their intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from load.arrivals.calls import Calls, draw_calls
from load.law import Array
from load.plan.surge_plan import SurgePlan
from load.simulation.fates import Fates
from load.simulation.records import ANSWERED, BUSY, DIVERTED, NOT_MADE
from load.simulation.replication import fates_for
from load.staffing.offered import QUARTER_S
from load.staffing.roster import Roster, fates_with

OnDone = Callable[[int], None]
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Rates:
    """A rate of several groups of calls: Σ good ÷ Σ asked over the replications; nan where nobody asked.

    asked, good: shape (replications, …). The interval is that of a ratio of means (Law & Kelton, “Simulation modeling
    and analysis”, 4.5 and 9.8), by Student's t.
    """

    asked: Array
    good: Array

    @property
    def rate(self) -> Array:
        asked = self.asked.sum(axis=0)
        return np.asarray(np.divide(self.good.sum(axis=0), asked, out=np.full(asked.shape, np.nan), where=asked > 0))

    @property
    def half_width(self) -> Array:
        """Half of the 95 % interval; nan with one replication, or where nobody asked."""
        replications = len(self.asked)
        mean = self.asked.mean(axis=0)
        if replications < 2:
            return np.full(mean.shape, np.nan)
        apart = self.good - np.nan_to_num(self.rate) * self.asked
        deviation = apart.std(axis=0, ddof=1) / np.sqrt(replications)
        half = float(student.ppf(0.5 + LEVEL / 2, replications - 1)) * deviation
        return np.asarray(np.divide(half, mean, out=np.full(mean.shape, np.nan), where=mean > 0))

    @property
    def low(self) -> Array:
        return np.asarray(np.maximum(self.rate - self.half_width, 0.0))

    @property
    def high(self) -> Array:
        return np.asarray(np.minimum(self.rate + self.half_width, 1.0))


@dataclass(frozen=True, eq=False)
class Measured:
    """by_quarter: groups (brands, quarter hours); by_brand: (brands,); by_batch: (batches,) in the plan's order.

    most_lines, most_in_menu: how many lines and menu ports were taken at once at most, in each replication.
    """

    by_quarter: Rates
    by_brand: Rates
    by_batch: Rates
    most_lines: Array
    most_in_menu: Array


def measure(
    plan: SurgePlan, replications: int, seed: int, within_s: float | None = None, on_done: OnDone | None = None,
    roster: Roster | None = None,
) -> Measured:  # fmt: skip
    """Play a plan and count, by attempts, who was answered; within some seconds where these are given.

    roster: agents other than the plan's. The same seed gives the same callers whatever the agents (common random
    numbers). Callers who take the self-service ask for no agent. Every batch must have its start.
    """
    parts = []
    for replication in range(replications):
        parts.append(_counts(plan, draw_calls(plan, seed, replication), within_s, roster))
        if on_done:
            on_done(replication + 1)
    asked, good, batch_asked, batch_good, lines, menu = (np.array(series) for series in zip(*parts, strict=True))
    return Measured(
        by_quarter=Rates(asked, good),
        by_brand=Rates(asked.sum(axis=2), good.sum(axis=2)),
        by_batch=Rates(batch_asked, batch_good),
        most_lines=lines,
        most_in_menu=menu,
    )


def _counts(
    plan: SurgePlan, calls: Calls, within_s: float | None, roster: Roster | None
) -> tuple[Array, Array, Array, Array, int, int]:
    fates = fates_with(plan, calls, roster) if roster else fates_for(plan, calls, np.zeros(len(calls)))
    asked = (fates.outcome != NOT_MADE) & (fates.outcome != DIVERTED)
    good = fates.outcome == ANSWERED
    if within_s is not None:
        good = good & (fates.waited_s <= within_s)
    caller = np.repeat(np.arange(len(calls)), np.diff(calls.first))
    quarters = ceil(plan.length_s / QUARTER_S)
    quarter = np.minimum(fates.asked_s // QUARTER_S, quarters).astype(np.int64)
    by_quarter = _Groups(
        calls.brand[caller].astype(np.int64) * (quarters + 1) + quarter, (len(plan.brands), quarters + 1)
    )
    batch = _batch_of(plan, calls)[caller]
    by_batch = _Groups(batch, (len(plan.batches) + 1,))
    at_once = _at_once(calls, fates, caller)
    return (
        by_quarter.count(asked)[:, :quarters],
        by_quarter.count(asked & good)[:, :quarters],
        by_batch.count(asked)[:-1],
        by_batch.count(asked & good)[:-1],
        *at_once,
    )


@dataclass(frozen=True, eq=False)
class _Groups:
    """To which of some groups each try belongs; `shape` is that of the groups."""

    of_try: npt.NDArray[np.int64]
    shape: tuple[int, ...]

    def count(self, which: npt.NDArray[np.bool_]) -> Array:
        return (
            np.bincount(self.of_try[which], minlength=int(np.prod(self.shape))).reshape(self.shape).astype(np.float64)
        )


def _batch_of(plan: SurgePlan, calls: Calls) -> npt.NDArray[np.int64]:
    """The place of each caller's batch among the plan's; ordinary callers come after the last."""
    places = {(batch.number, plan.brands.index(batch.brand)): place for place, batch in enumerate(plan.batches)}
    codes = calls.batch.astype(np.int64) * len(plan.brands) + calls.brand
    known, which = np.unique(codes, return_inverse=True)
    found = [places.get((int(code) // len(plan.brands), int(code) % len(plan.brands)), len(places)) for code in known]
    return np.array(found, dtype=np.int64)[which]


def _at_once(calls: Calls, fates: Fates, caller: npt.NDArray[np.int64]) -> tuple[int, int]:
    """The most lines, and the most menu ports, taken at one time."""
    on = (fates.outcome != NOT_MADE) & (fates.outcome != BUSY)
    asked_s, menu_s = fates.asked_s[on], calls.menu_s[caller[on]]
    talked_s = np.where(fates.outcome[on] == ANSWERED, calls.handle_s[caller[on]], 0.0)
    most_in_menu = _most(asked_s - menu_s, asked_s) if np.any(menu_s > 0) else 0
    return _most(asked_s - menu_s, asked_s + fates.waited_s[on] + talked_s), most_in_menu


def _most(begins_s: Array, ends_s: Array) -> int:
    """Of stretches of time, how many there are at once at most; one that ends makes room before the next begins."""
    moments = np.concatenate((ends_s, begins_s))
    steps = np.repeat([-1, 1], len(begins_s))
    return int(np.cumsum(steps[np.argsort(moments, kind="stable")]).max(initial=0))
