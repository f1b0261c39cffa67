"""A mixed-integer programme as it grows: columns, and sparse rows low ≤ A x ≤ high; HiGHS solves it through SciPy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array

from load.law import Array

Indices = npt.NDArray[np.int64]


@dataclass(slots=True)
class Rows:
    """Columns are 0 or 1 where they are `whole`, else not negative."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    entries: list[tuple[Indices, Indices, Array]] = field(default_factory=list)

    def columns(self, costs: Sequence[float] | Array, whole: bool) -> Indices:
        """New columns, by their costs."""
        first = len(self.cost)
        self.cost += [float(cost) for cost in costs]
        self.whole += [whole] * len(costs)
        return np.arange(first, len(self.cost), dtype=np.int64)

    def rows(self, count: int, low: float, high: float | Sequence[float] | Array) -> Indices:
        """New rows with nothing in them."""
        first = len(self.low)
        self.low += [low] * count
        self.high += [float(one) for one in np.broadcast_to(np.asarray(high, dtype=np.float64), (count,))]
        return np.arange(first, first + count, dtype=np.int64)

    def put(self, rows: Indices, columns: Indices, values: float | Array) -> None:
        """Entries, each with its row and column; what there is once goes with all."""
        shape = np.broadcast_shapes(rows.shape, columns.shape, np.shape(values))
        self.entries.append(
            (
                np.broadcast_to(rows, shape),
                np.broadcast_to(columns, shape),
                np.broadcast_to(np.asarray(values, dtype=np.float64), shape),
            )
        )

    def solved(self, limit_s: float, gap: float) -> OptimizeResult:
        """What HiGHS answers within a time, to a relative gap."""
        rows, columns, values = (np.concatenate(parts) for parts in zip(*self.entries, strict=True))
        matrix = coo_array((values, (rows, columns)), shape=(len(self.low), len(self.cost))).tocsc()
        whole = np.array(self.whole)
        return milp(
            np.array(self.cost),
            integrality=whole.astype(np.int64),
            bounds=Bounds(np.zeros(len(whole)), np.where(whole, 1.0, np.inf)),
            constraints=LinearConstraint(matrix, np.array(self.low), np.array(self.high)),
            options={"time_limit": limit_s, "mip_rel_gap": gap},
        )
