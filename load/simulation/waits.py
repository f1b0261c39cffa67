"""How long callers waited, as a histogram: 128 steps for each doubling, so that quantiles are right within 0.4 %."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from load.law import Array

BITS = 52 - 7
SHORTEST_S, LONGEST_S = 2.0**-10, 2.0**25
FIRST = int(np.float64(SHORTEST_S).view(np.int64)) >> BITS
STEPS = (int(np.float64(LONGEST_S).view(np.int64)) >> BITS) - FIRST + 1

Histogram = npt.NDArray[np.int64]


def histogram(waited_s: Array) -> Histogram:
    """How many waited how long; step 0: less than a millisecond. Shape (STEPS,).

    The step is read off the number as it stands in memory: its exponent and the first seven bits behind it.
    """
    steps = (waited_s.view(np.int64) >> BITS) - FIRST
    return np.bincount(np.clip(steps, 0, STEPS - 1), minlength=STEPS)


def edges_s() -> Array:
    """Between which waits each step lies. Shape (STEPS + 1,)."""
    edges = ((np.arange(STEPS + 1) + FIRST) << BITS).view(np.float64)
    edges[0] = 0.0
    return edges


def quantile_s(counted: Histogram, share: float) -> float:
    """The wait that `share` of those counted did not exceed; 0 where nobody was."""
    by = np.cumsum(counted)
    if by[-1] == 0:
        return 0.0
    step = int(np.searchsorted(by, share * by[-1]))
    if step == 0:
        return 0.0
    edges = edges_s()
    into = (share * by[-1] - by[step - 1]) / counted[step]
    return float(edges[step] + into * (edges[step + 1] - edges[step]))
