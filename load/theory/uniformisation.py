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
) -> tuple[int, int]:
    """Carry `law`, P(j calls there) for low ≤ j ≤ high and 0 elsewhere, `length_s` forward, in place.

    `leaving_per_s[j]` is the rate from j to j − 1 (one entry more than `law`); at the last state arrivals are turned
    away. To `occupied_s` the expected seconds in each state are added. Returns the new low and high.
    Source: A. Jensen, “Markoff chains as an aid in the study of Markoff processes”, Skandinavisk Aktuarietidskrift 36
    (1953): p(t) = Σ Poisson(k; Λt) p Pᵏ with P = I + Q ÷ Λ; and ∫ p = Σ P(N > k) ÷ Λ × p Pᵏ.
    """
    gone_s = 0.0
    while gone_s < length_s * (1 - 1e-12):
        step_s, ceiling, rate = _step(len(law) - 1, high, arrivals_per_s, leaving_per_s, length_s - gone_s)
        low, high = _carried(law, low, high, ceiling, arrivals_per_s, leaving_per_s, rate, step_s, occupied_s)
        while high > low and law[high] < TAIL:
            law[high] = 0.0
            high -= 1
        while low < high and law[low] < TAIL:
            law[low] = 0.0
            low += 1
        gone_s += step_s
    return low, high


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


@compiled
def advance_leaving(
    alone: Array,
    over: Array,
    first_over: int,
    first_waiting: int,
    agents: int,
    top: int,
    arrivals_per_s: float,
    ends_per_s: float,
    gives_up_per_s: float,
    rate: float,
    step_s: float,
    alone_s: Array,
    over_s: Array,
) -> None:
    """The same while agents who went off shift end their calls, in place, `step_s` forward.

    `over[r − first_over, q − first_waiting]`: P(agents + r calls in hand, q waiting), r ≥ 1: nobody else is taken until
    r = 0; then it is `alone[j]`, P(j calls there). At `top` calls arrivals are turned away. `rate`: at least that of
    any state. What would leave the two arrays is lost. To `alone_s` and `over_s` the seconds in each state are added.
    """
    jumps, jump_s = rate * step_s, 1.0 / rate
    ahead, ahead_over = alone.copy(), over.copy()
    after, after_over = np.zeros_like(alone), np.zeros_like(over)
    alone[:], over[:, :] = 0.0, 0.0
    weight = np.exp(-jumps)
    later = 1.0 - weight
    k = 0
    while k <= jumps or weight > TAIL:
        alone += weight * ahead
        alone_s += later * jump_s * ahead
        over += weight * ahead_over
        over_s += later * jump_s * ahead_over
        k += 1
        weight *= jumps / k
        later = max(0.0, later - weight)
        _jump_alone(ahead, after, agents, top, arrivals_per_s, ends_per_s, gives_up_per_s, jump_s)
        for row in range(len(over)):
            _jump_over(
                ahead_over,
                after_over,
                row,
                first_waiting,
                agents + first_over,
                top,
                arrivals_per_s,
                ends_per_s,
                gives_up_per_s,
                jump_s,
            )
        for column in range(over.shape[1] if first_over == 1 else 0):
            joins = agents + first_waiting + column
            if joins < len(after):
                after[joins] += (agents + 1) * ends_per_s * jump_s * ahead_over[0, column]
        ahead, after = after, ahead
        ahead_over, after_over = after_over, ahead_over


@compiled
def _jump_alone(
    ahead: Array,
    after: Array,
    agents: int,
    top: int,
    arrivals_per_s: float,
    ends_per_s: float,
    gives_up_per_s: float,
    jump_s: float,
) -> None:
    up = arrivals_per_s * jump_s
    for there in range(len(ahead)):
        busy = min(there, agents)
        leaves = (busy * ends_per_s + (there - busy) * gives_up_per_s) * jump_s
        gained = ahead[there] * (1.0 - leaves - (up if there < top else 0.0))
        if there > 0:
            gained += up * ahead[there - 1]
        if there < len(ahead) - 1:
            busy = min(there + 1, agents)
            gained += (busy * ends_per_s + (there + 1 - busy) * gives_up_per_s) * jump_s * ahead[there + 1]
        after[there] = gained


@compiled
def _jump_over(
    ahead: Array,
    after: Array,
    row: int,
    first_waiting: int,
    least_in_hand: int,
    top: int,
    arrivals_per_s: float,
    ends_per_s: float,
    gives_up_per_s: float,
    jump_s: float,
) -> None:
    up, in_hand = arrivals_per_s * jump_s, least_in_hand + row
    rows, columns = ahead.shape
    for column in range(columns):
        waiting = first_waiting + column
        if in_hand + waiting > top:
            break
        leaves = (in_hand * ends_per_s + waiting * gives_up_per_s) * jump_s
        gained = ahead[row, column] * (1.0 - leaves - (up if in_hand + waiting < top else 0.0))
        if column > 0:
            gained += up * ahead[row, column - 1]
        if column < columns - 1:
            gained += (waiting + 1) * gives_up_per_s * jump_s * ahead[row, column + 1]
        if row < rows - 1:
            gained += (in_hand + 1) * ends_per_s * jump_s * ahead[row + 1, column]
        after[row, column] = gained
