"""Agents for every quarter of an hour of a load that changes: the modified-offered-load approximation."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from load.law import Law
from load.theory.course import checked_edges
from load.theory.goal import Goal
from load.theory.infinite_server import offered_load
from load.theory.staffing import agents_needed

QUARTER_HOUR_S = 900.0
STEADY = 1e-9

By = Literal["peak", "mean"]


def agents_by_interval(
    edges_s: npt.ArrayLike,
    arrivals_per_s: npt.ArrayLike,
    handle: Law,
    patience_s: float,
    goal: Goal,
    interval_s: float = QUARTER_HOUR_S,
    by: By = "peak",
) -> npt.NDArray[np.int64]:
    """The least agents that hold the goal in each interval, if its offered load were steady; 0 where nobody calls.

    `edges_s`, `arrivals_per_s` as for `offered_load`. An interval's load is the greatest or the mean at the edges in
    it, both ends included. Shape: one number for each begun interval since the first edge.
    Source: O. B. Jennings, A. Mandelbaum, W. A. Massey, W. Whitt, “Server staffing to meet time-varying demand”,
    Management Science 42 (1996), 1383–1394: the load of the infinite-server queue stands for λ ÷ μ, which comes
    earlier and higher. Raises DialtestError as `offered_load` and `agents_needed`.
    """
    edges = checked_edges(edges_s)
    load = offered_load(edges, arrivals_per_s, handle)
    begins = np.arange(edges[0], edges[-1], interval_s)

    @cache
    def least(erlangs: float) -> int:
        return agents_needed(goal, erlangs * 3600 / handle.mean_s, handle.mean_s, patience_s)

    loads = [load[(edges >= begin) & (edges <= begin + interval_s)] for begin in begins]
    wanted = [float((np.max if by == "peak" else np.mean)(one)) if len(one) else 0.0 for one in loads]
    return np.array([least(round(erlangs, 6)) if erlangs > STEADY else 0 for erlangs in wanted], dtype=np.int64)
