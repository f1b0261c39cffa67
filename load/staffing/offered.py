"""Offered load: how many calls would be talking at each time if nobody had to wait (infinitely many agents)."""

from __future__ import annotations

from math import ceil, isfinite

import numpy as np
from scipy.signal import fftconvolve

from load.arrivals.forecast import MINUTE_S
from load.law import Array, Law
from load.plan.surge_plan import CallLaws
from load.theory.infinite_server import offered_load

QUARTER_S = 900
MINUTES = QUARTER_S // MINUTE_S
LONGEST_MINUTES = 14 * 24 * 60


def load_by_minute(callers: Array, call: CallLaws) -> Array:
    """The load in erlangs at the end of each minute, from the callers expected in each minute.

    By `load.theory.infinite_server`, exact where calls come evenly within a minute; time in the menu delays them first.
    A batch of 10,000, 40 % calling after an exponential hour, 3 min each: at most 170.83 after 9.46 min.
    """
    edges_s = np.arange(len(callers) + 1, dtype=np.float64) * MINUTE_S
    return offered_load(edges_s, asking_by_minute(callers, call) / MINUTE_S, call.handle)[1:]


def asking_by_minute(callers: Array, call: CallLaws) -> Array:
    """How many ask for an agent in each minute: those who call, after their time in the menu."""
    if call.menu is None:
        return callers
    minutes = np.arange(_minutes(call.menu) + 2) * float(MINUTE_S)
    out_by = np.diff(call.menu.shortfall_s(minutes)) / MINUTE_S
    asking = fftconvolve(callers, np.diff(out_by, prepend=0.0))[: len(callers)]
    return np.maximum(np.asarray(asking, dtype=np.float64), 0.0)


def by_quarter(load: Array) -> Array:
    """The mean load of each quarter hour from that at the end of each minute; nobody talks before the first."""
    padded = np.concatenate((load, np.repeat(load[-1:], -len(load) % MINUTES)))
    begins = np.concatenate(([0.0], padded[:-1]))
    return np.asarray(((begins + padded) / 2).reshape(-1, MINUTES).mean(axis=1), dtype=np.float64)


def _minutes(law: Law) -> int:
    """By when nearly all are done, bounded."""
    last_s = float(law.quantile_s(0.99999))
    return min(ceil(last_s / MINUTE_S), LONGEST_MINUTES) if isfinite(last_s) else LONGEST_MINUTES
