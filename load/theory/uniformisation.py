"""One stretch of a birth–death chain with constant rates, carried forward exactly by uniformisation; compiled.

Importing it imports numba. With NUMBA_DISABLE_JIT=1 in the environment it runs as the Python it is written in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np

from load.law import Array

NEGLIGIBLE = 1e-30
TAIL = 1e-17
JUMPS = 256.0

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Machine code at the first call, kept for the next run where there is a folder to keep it in."""
    try:
        return cast(F, numba.njit(cache=True)(function))
    except RuntimeError:
        return cast(F, numba.njit(function))


@compiled
def advance(
    law: Array, low: int, high: int, arrivals_per_s: float, leaving_per_s: Array, length_s: float, occupied_s: Array
) -> tuple[int, int, float]:
    """Carry `law`, P(j calls there) for low ≤ j ≤ high and 0 elsewhere, `length_s` forward, in place.

    `leaving_per_s[j]` is the rate from j to j − 1 (one entry more than `law`); at the last state arrivals are turned
    away. To `occupied_s` the expected seconds in each state are added. Returns the new low and high, and the
    probability that was cut off.
    Source: A. Jensen, “Markoff chains as an aid in the study of Markoff processes”, Skandinavisk Aktuarietidskrift 36
    (1953): p(t) = Σ Poisson(k; Λt) p Pᵏ with P = I + Q ÷ Λ; and ∫ p = Σ P(N > k) ÷ Λ × p Pᵏ.
    """
    cut, gone_s = 0.0, 0.0
    while gone_s < length_s * (1 - 1e-12):
        step_s, ceiling, rate = _step(len(law) - 1, high, arrivals_per_s, leaving_per_s, length_s - gone_s)
        low, high = _carried(law, low, high, ceiling, arrivals_per_s, leaving_per_s, rate, step_s, occupied_s)
        while high > low and law[high] < TAIL:
            cut += law[high]
            law[high] = 0.0
            high -= 1
        while low < high and law[low] < TAIL:
            cut += law[low]
            law[low] = 0.0
            low += 1
        gone_s += step_s
    return low, high, cut


@compiled
def _step(top: int, high: int, arrivals_per_s: float, leaving_per_s: Array, left_s: float) -> tuple[float, int, float]:
    """How far at once, up to which state calls can come meanwhile (12 deviations), and the greatest rate below it."""
    step_s = min(left_s, JUMPS / max(arrivals_per_s + leaving_per_s[high], 1e-300))
    comers = arrivals_per_s * step_s
    ceiling = min(top, high + int(comers + 12.0 * np.sqrt(comers)) + 24)
    rate = max(arrivals_per_s + leaving_per_s[ceiling], 1e-300)
    return min(step_s, 2.0 * JUMPS / rate), ceiling, rate


@compiled
def _carried(
    law: Array,
    low: int,
    high: int,
    ceiling: int,
    arrivals_per_s: float,
    leaving_per_s: Array,
    rate: float,
    step_s: float,
    occupied_s: Array,
) -> tuple[int, int]:
    """The law after `step_s`, and the states it reaches."""
    jumps, jump_s = rate * step_s, 1.0 / rate
    # States are kept one place up, so that each has a neighbour on both sides.
    ahead, after = np.zeros(len(law) + 2), np.zeros(len(law) + 2)
    ahead[low + 1 : high + 2] = law[low : high + 1]
    law[low : high + 1] = 0.0
    first, last, lowest, highest = low, high, low, high
    weight = np.exp(-jumps)
    later = 1.0 - weight
    k = 0
    while k <= jumps or weight > TAIL:
        for j in range(first, last + 1):
            law[j] += weight * ahead[j + 1]
            occupied_s[j] += later * jump_s * ahead[j + 1]
        k += 1
        weight *= jumps / k
        later = max(0.0, later - weight)
        first, last = max(0, first - 1), min(ceiling, last + 1)
        _jump(ahead, after, first, last, arrivals_per_s * jump_s, leaving_per_s, jump_s)
        while last > first and after[last + 1] < NEGLIGIBLE:
            last -= 1
        while first < last and after[first + 1] < NEGLIGIBLE:
            first += 1
        after[first], after[last + 2] = 0.0, 0.0
        lowest, highest = min(lowest, first), max(highest, last)
        ahead, after = after, ahead
    return lowest, highest


@compiled
def _jump(ahead: Array, after: Array, first: int, last: int, up: float, leaving_per_s: Array, jump_s: float) -> None:
    """`after` = `ahead` × P on the states from `first` to `last`, outside of which `ahead` holds nothing."""
    ahead[first], ahead[last + 2] = 0.0, 0.0
    for j in range(first, last + 1):
        stays = 1.0 - up - leaving_per_s[j] * jump_s
        after[j + 1] = stays * ahead[j + 1] + up * ahead[j] + leaving_per_s[j + 1] * jump_s * ahead[j + 2]
    if last == len(ahead) - 3:
        after[last + 1] += up * ahead[last + 1]
