"""The table of the three answers, and when two of them agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from scipy.stats import norm

from load.law import Array
from load.measured import Measured
from load.simulation.simulated import Simulated, SimulatedBrand
from load.tally import CONNECTED_WITHIN_S, Tally
from load.theory.transient import TransientErlangA

Figure = Literal["connection_rate_by_attempts", "connection_rate_by_callers", "connection_rate_within", "mean_wait_s"]
FIGURES: tuple[Figure, ...] = (
    "connection_rate_by_attempts", "connection_rate_by_callers", "connection_rate_within", "mean_wait_s",
)  # fmt: skip
IN_THEORY = {
    "connection_rate_by_attempts": "connection_rate",
    "connection_rate_within": "connection_rate_within",
    "mean_wait_s": "mean_wait_s",
}
SURENESS = 0.999
"""Two answers that should agree are said not to once in a thousand comparisons by chance alone (ours)."""
RATE_SLACK, WAIT_SLACK = 0.003, 0.01
"""What theory and simulation may differ by beyond chance: 0.3 points of a rate, 1 % of a wait and 0.1 s (ours)."""
LOAD_RATE_SLACK, LOAD_WAIT_SLACK, LOAD_WAIT_SLACK_S = 0.015, 0.10, 1.0
SIGNALLING_S = 0.02
"""What load may differ by from the simulation of the very same calls (ours). Signalling takes real milliseconds, which
scaled time stretches to seconds of the plan: waits may differ by these too, and the share answered within 15 s by a
point for each 1.5 of them.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one brand by each of the three.

    simulated: the mean of all replications with its 95 % interval; `one_low` to `one_high` hold a single replication
    with 99.9 %. same_calls: the simulation of just those calls the load placed. None: no answer.
    """

    brand: str
    figure: Figure
    theory: float | None
    simulated: float
    low: float
    high: float
    one_low: float
    one_high: float
    same_calls: float
    measured: float | None
    theory_agrees: bool | None
    load_agrees: bool | None


@dataclass(frozen=True)
class Verified:
    """All rows. `no_theory`: why theory has no answer; `run`: the load, None where none was asked for."""

    rows: tuple[Row, ...]
    no_theory: str
    simulated: Simulated
    run: Measured | None

    @property
    def agrees(self) -> bool:
        """Whether no two answers contradict each other, and the load was really put on."""
        placed = self.run is None or (self.run.reached and self.run.heard)
        return placed and not any(False in (row.theory_agrees, row.load_agrees) for row in self.rows)

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        return {
            "agrees": self.agrees,
            "seed": self.simulated.seed,
            "replications": self.simulated.replications,
            "plan": self.simulated.plan,
            "digest": self.simulated.digest,
            "no_theory": self.no_theory,
            "rows": [asdict(row) for row in self.rows],
            "load": _told(self.run) if self.run else None,
        }


def rows(
    theory: dict[str, TransientErlangA], simulated: Simulated, same_calls: Sequence[Tally], run: Measured | None
) -> Iterator[Row]:
    """One row for each figure of each brand that anybody called; `same_calls` in the order of the brands."""
    for brand, tally in zip(simulated.brands, same_calls, strict=True):
        measured = run.of_brand(brand.brand) if run else None
        for figure in FIGURES if brand.mean("attempts") >= 1 else ():
            seen = measured.tally if measured else None
            yield _row(brand, figure, theory.get(brand.brand), tally, seen, run.speed if run else 1.0)


def _row(
    brand: SimulatedBrand,
    figure: Figure,
    theory: TransientErlangA | None,
    same_calls: Tally,
    measured: Tally | None,
    speed: float,
) -> Row:
    values = brand.values[figure]
    mean, error, deviation = _spread(values)
    half = float(norm.ppf(0.975)) * error
    reach = float(norm.ppf(0.5 + SURENESS / 2))
    exact = float(getattr(theory, IN_THEORY[figure])) if theory and figure in IN_THEORY else None
    same, seen = float(getattr(same_calls, figure)), float(getattr(measured, figure)) if measured else None
    wait = figure == "mean_wait_s"
    slack = WAIT_SLACK * mean + 0.1 if wait else RATE_SLACK
    load_slack = _load_slack(figure, same, SIGNALLING_S * speed)
    return Row(
        brand.brand, figure, exact, mean, mean - half, mean + half,
        mean - reach * deviation, mean + reach * deviation, same, seen,
        None if exact is None else abs(exact - mean) <= reach * error + slack,
        None if seen is None else abs(seen - same) <= load_slack and abs(seen - mean) <= reach * deviation + load_slack,
    )  # fmt: skip


def _load_slack(figure: Figure, same_calls: float, signalling_s: float) -> float:
    if figure == "mean_wait_s":
        return LOAD_WAIT_SLACK * same_calls + LOAD_WAIT_SLACK_S + signalling_s
    within = figure == "connection_rate_within"
    return LOAD_RATE_SLACK + (0.1 * signalling_s / CONNECTED_WITHIN_S if within else 0.0)


def _spread(values: Array) -> tuple[float, float, float]:
    """Mean, its standard error, and the standard deviation of one replication."""
    deviation = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return float(np.mean(values)), deviation / len(values) ** 0.5, deviation


def _told(run: Measured) -> dict[str, object]:
    return {
        "host": run.host, "speed": run.speed, "seed": run.seed, "due": run.due, "placed": run.placed, "late": run.late,
        "lost": run.lost, "reached": run.reached, "lateness_p99_s": run.lateness.p99_s, "wall_s": run.wall_s,
    }  # fmt: skip
