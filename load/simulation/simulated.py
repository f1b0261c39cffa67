"""What many replications of a plan showed, by brand: rates and waits with intervals, counts, quarter hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Literal

import numpy as np

from load.law import Array
from load.plan.surge_plan import SurgePlan
from load.simulation.counts import ATTEMPTS, QUARTER_S, QUEUED_S, SERVED_S
from load.simulation.estimate import Estimate, estimate
from load.simulation.records import ABANDONED, ANSWERED, BUSY, DIVERTED
from load.simulation.replication import Replication
from load.simulation.waits import Histogram, quantile_s
from load.tally import Tally

Held = Literal["held", "not held", "uncertain"]
COUNTS = tuple(one.name for one in fields(Tally))
RATES = ("connection_rate_by_attempts", "connection_rate_by_callers", "connection_rate_within")


@dataclass(frozen=True, slots=True)
class Quarters:
    """Means over replications for each quarter hour since the plan's begin; shape (quarter hours,) each.

    attempts and what became of those who asked in that quarter hour; busy_agents and waiting: mean numbers over it.
    """

    attempts: Array
    answered: Array
    abandoned: Array
    diverted: Array
    busy: Array
    busy_agents: Array
    waiting: Array

    @property
    def connection_rate(self) -> Array:
        """By attempts; nan where nobody asked for an agent."""
        asked = self.attempts - self.diverted
        unknown = np.full(len(asked), np.nan)
        return np.asarray(np.divide(self.answered, asked, out=unknown, where=asked > 0))


@dataclass(frozen=True)
class SimulatedBrand:
    """One brand. `counts` and `values`: by name, one figure from each replication; `waits`: of all of them together."""

    brand: str
    standard: float
    counts: dict[str, Array]
    values: dict[str, Array]
    quarters: Quarters
    waits: Histogram

    def mean(self, count: str) -> float:
        """The mean of a count of `Tally`, such as "attempts"."""
        return float(np.mean(self.counts[count]))

    @property
    def connection_rate_by_attempts(self) -> Estimate:
        return estimate(self.values["connection_rate_by_attempts"], 0, 1)

    @property
    def connection_rate_by_callers(self) -> Estimate:
        return estimate(self.values["connection_rate_by_callers"], 0, 1)

    @property
    def connection_rate_within(self) -> Estimate:
        """Of those who asked for an agent, how many got one within 15 s."""
        return estimate(self.values["connection_rate_within"], 0, 1)

    @property
    def mean_wait_s(self) -> Estimate:
        """Over all attempts, answered or not."""
        return estimate(self.values["mean_wait_s"], 0)

    @property
    def wait_p90_s(self) -> Estimate:
        """The wait nine of ten attempts do not exceed."""
        return estimate(self.values["wait_p90_s"], 0)

    @property
    def abandoned_share(self) -> Estimate:
        """Attempts that gave up ÷ attempts."""
        return estimate(self.values["abandoned_share"], 0, 1)

    @property
    def held(self) -> Held:
        """Whether the whole interval of the rate by attempts lies on one side of the brand's standard (H2)."""
        rate = self.connection_rate_by_attempts
        if rate.low >= self.standard:
            return "held"
        return "not held" if rate.high < self.standard else "uncertain"

    def as_object(self) -> dict[str, object]:
        """For JSON: counts are means over replications."""
        told: dict[str, object] = {name: self.mean(name) for name in COUNTS if name != "waited_s"}
        for name in RATES:
            told[name] = estimate(self.values[name], 0, 1).as_object()
        told["mean_wait_s"] = self.mean_wait_s.mean
        told["mean_wait"] = self.mean_wait_s.as_object()
        told["wait_p90_s"] = self.wait_p90_s.mean
        told["standard"] = self.standard
        told["standard_held"] = self.held
        return told


@dataclass(frozen=True)
class Simulated:
    """The replications 0 … replications − 1 of a plan by one seed; `seconds`: how long working them out took."""

    plan: str
    digest: str
    seed: int
    replications: int
    seconds: float
    brands: tuple[SimulatedBrand, ...]

    def brand(self, name: str) -> SimulatedBrand:
        """One of the brands; raises StopIteration for a brand the plan does not have."""
        return next(one for one in self.brands if one.brand == name)

    @cached_property
    def attempts(self) -> int:
        """Attempts of all brands and replications."""
        return int(sum(one.counts["attempts"].sum() for one in self.brands))

    @property
    def calls_per_second(self) -> float:
        """Of the simulation itself: attempts drawn, played and counted ÷ seconds."""
        return self.attempts / self.seconds if self.seconds > 0 else 0.0

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        return {
            "plan": self.plan,
            "digest": self.digest,
            "replications": self.replications,
            "seed": self.seed,
            "calls_per_second": round(self.calls_per_second),
            "brands": {one.brand: one.as_object() for one in self.brands},
        }


def simulated(plan: SurgePlan, seed: int, found: Iterable[Replication]) -> Simulated:
    """Sum replications up as they come, in the order of their numbers; `seconds` is still 0."""
    rows: list[list[dict[str, float]]] = [[] for _ in plan.brands]
    total: Array | None = None
    waits: list[Histogram] = []
    for one in found:
        for brand, tally in enumerate(one.tallies):
            rows[brand].append(_figures(tally, one.waits[brand]))
        total = one.quarters.copy() if total is None else total + one.quarters
        waits = [sum_ + more for sum_, more in zip(waits, one.waits, strict=True)] if waits else list(one.waits)
    replications = len(rows[0])
    brands = tuple(
        SimulatedBrand(
            desk.brand,
            desk.standard,
            {name: np.array([row[name] for row in rows[place]]) for name in COUNTS},
            {name: np.array([row[name] for row in rows[place]]) for name in rows[place][0] if name not in COUNTS},
            _quarters(total[place] / replications),
            waits[place],
        )
        for place, desk in enumerate(plan.desks)
        if total is not None
    )
    return Simulated(plan.name, plan.digest, seed, replications, 0.0, brands)


def _figures(tally: Tally, waits: Histogram) -> dict[str, float]:
    rates = {name: getattr(tally, name) for name in RATES}
    return asdict(tally) | rates | {
        "mean_wait_s": tally.mean_wait_s,
        "wait_p90_s": quantile_s(waits, 0.9),
        "abandoned_share": tally.abandoned / tally.attempts if tally.attempts else 0.0,
    }  # fmt: skip


def _quarters(mean: Array) -> Quarters:
    return Quarters(
        attempts=mean[:, ATTEMPTS],
        answered=mean[:, ANSWERED],
        abandoned=mean[:, ABANDONED],
        diverted=mean[:, DIVERTED],
        busy=mean[:, BUSY],
        busy_agents=mean[:, SERVED_S] / QUARTER_S,
        waiting=mean[:, QUEUED_S] / QUARTER_S,
    )
