"""Counts, quarter hours and waits out of the fates of a replication's tries, compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from load.arrivals.calls import BY_SMS, BY_WEB, Calls
from load.law import Array
from load.simulation.compiled import compiled
from load.simulation.fates import Fates
from load.simulation.records import (
    ABANDONED,
    ANSWERED,
    BUSY,
    CALLED_BACK,
    DIVERTED,
    NOT_MADE,
    OWED_NOTHING,
    SETTLED,
)
from load.tally import CONNECTED_WITHIN_S, Tally

Counts = npt.NDArray[np.int64]
QUARTER_S = 900.0
ATTEMPTS, SERVED_S, QUEUED_S = 0, BUSY + 1, BUSY + 2
"""What is told of a quarter hour, by place: attempts, then attempts by outcome (their own number), then seconds."""
COLUMNS = BUSY + 3


def tallies(calls: Calls, fates: Fates, brands: int) -> tuple[Tally, ...]:
    """The counts of each brand."""
    outcomes, callers, amends = (np.zeros((brands, places), np.int64) for places in (BUSY + 1, BUSY + 1, SETTLED + 1))
    within, waited_s = np.zeros(brands, np.int64), np.zeros(brands)
    _count(calls.first, calls.brand, fates, outcomes, callers, amends, within, waited_s)
    elsewhere = [np.bincount(calls.brand[calls.way == way], minlength=brands) for way in (BY_SMS, BY_WEB)]
    return tuple(
        Tally(
            callers=int(callers[brand, ATTEMPTS]),
            attempts=int(outcomes[brand, ATTEMPTS]),
            answered=int(outcomes[brand, ANSWERED]),
            answered_within=int(within[brand]),
            abandoned=int(outcomes[brand, ABANDONED]),
            diverted=int(outcomes[brand, DIVERTED]),
            busy=int(outcomes[brand, BUSY]),
            recorded=int(amends[brand, OWED_NOTHING]),
            called_back=int(amends[brand, CALLED_BACK]),
            settled=int(amends[brand, SETTLED]),
            callers_answered=int(callers[brand, ANSWERED]),
            callers_diverted=int(callers[brand, DIVERTED]),
            withdrew_by_sms=int(elsewhere[0][brand]),
            withdrew_by_web=int(elsewhere[1][brand]),
            waited_s=float(waited_s[brand]),
        )
        for brand in range(brands)
    )


@compiled
def _count(
    first: Counts,
    brands: npt.NDArray[np.int16],
    fates: Fates,
    outcomes: Counts,
    callers: Counts,
    amends: Counts,
    within: Counts,
    waited_s: Array,
) -> None:
    """Count tries by outcome and by amends, callers by the outcome of their last try; place 0 counts all of them.

    For `amends` place 0 counts the tries that were recorded, whatever became of it.
    """
    for who in range(len(brands)):
        brand, last = brands[who], NOT_MADE
        for attempt in range(first[who], first[who + 1]):
            if fates.outcome[attempt] == NOT_MADE:
                break
            last = fates.outcome[attempt]
            outcomes[brand, ATTEMPTS] += 1
            outcomes[brand, last] += 1
            waited_s[brand] += fates.waited_s[attempt]
            if last == ANSWERED and fates.waited_s[attempt] <= CONNECTED_WITHIN_S:
                within[brand] += 1
            if fates.amends[attempt] != OWED_NOTHING:
                amends[brand, OWED_NOTHING] += 1
                amends[brand, fates.amends[attempt]] += 1
        if last != NOT_MADE:
            callers[brand, ATTEMPTS] += 1
            callers[brand, last] += 1


def quarters(calls: Calls, fates: Fates, brands: int, length_s: float) -> Array:
    """What happened in each quarter hour of the plan: shape (brands, quarter hours, COLUMNS).

    Attempts count in the quarter hour in which they asked for an agent. SERVED_S: seconds agents spent on calls of the
    brand; QUEUED_S: seconds its callers waited: each ÷ 900 is a mean number. What comes after the end is left out.
    """
    rows = max(1, int(np.ceil(length_s / QUARTER_S)))
    found = np.zeros((brands, rows, COLUMNS))
    whole = np.zeros((brands, rows + 1, 2))
    _by_quarter(calls.first, calls.brand, calls.handle_s, fates, found, whole)
    found[:, :, SERVED_S:] += np.cumsum(whole, axis=1)[:, :-1] * QUARTER_S
    return found


@compiled
def _by_quarter(
    first: Counts, brands: npt.NDArray[np.int16], handle_s: Array, fates: Fates, found: Array, whole: Array
) -> None:
    for who in range(len(brands)):
        brand = brands[who]
        for attempt in range(first[who], first[who + 1]):
            outcome, asked_s, waited_s = fates.outcome[attempt], fates.asked_s[attempt], fates.waited_s[attempt]
            if outcome == NOT_MADE:
                break
            quarter = int(asked_s / QUARTER_S)
            if quarter >= found.shape[1]:
                continue
            found[brand, quarter, ATTEMPTS] += 1
            found[brand, quarter, outcome] += 1
            if waited_s > 0:
                _spread(found, whole, brand, 1, asked_s, asked_s + waited_s)
            if outcome == ANSWERED:
                _spread(found, whole, brand, 0, asked_s + waited_s, asked_s + waited_s + handle_s[who])


@compiled
def _spread(found: Array, whole: Array, brand: int, place: int, from_s: float, until_s: float) -> None:
    """Add a time to the quarter hours it lies in; those it fills are noted where it begins and ends."""
    rows = found.shape[1]
    first, last = int(from_s / QUARTER_S), int(min(until_s / QUARTER_S, float(rows)))
    if first >= rows:
        return
    if first == last:
        found[brand, first, SERVED_S + place] += until_s - from_s
        return
    found[brand, first, SERVED_S + place] += (first + 1) * QUARTER_S - from_s
    whole[brand, first + 1, place] += 1
    whole[brand, last, place] -= 1
    if last < rows:
        found[brand, last, SERVED_S + place] += until_s - last * QUARTER_S
