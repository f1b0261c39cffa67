"""How many call when, and how many of them an agent answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from load.calibration.call_records import ABANDONED, ANSWERED, BUSY, DIVERTED, NOBODY, CallRecords, Codes, Flags
from load.calibration.estimate import Estimate, share_of
from load.law import Array
from load.plan.surge_plan import DAY_S
from load.tally import Tally

QUARTER_S = 900
QUARTERS = DAY_S // QUARTER_S


@dataclass(frozen=True, slots=True)
class Connection:
    """接通率 of some calls, by attempts and (of those with a number) by callers; diverted ones asked for no agent."""

    tally: Tally
    by_attempts: Estimate
    by_callers: Estimate


@dataclass(frozen=True, slots=True)
class Traffic:
    """Arrivals of a mean day, by quarter hour: `per_quarter`, shape (96,); `days` in which there were calls.

    spread: variance ÷ mean over the days, shape (96,), NaN where that says nothing; 1 for a Poisson process whose rate
    is the same every day. by_brand: the connection by brand, and of all calls under "".
    """

    days: int
    per_quarter: Array
    spread: Array
    by_brand: Mapping[str, Connection]

    @property
    def busiest(self) -> int:
        """The quarter hour of the day with most calls."""
        return int(self.per_quarter.argmax())


def traffic(records: CallRecords) -> Traffic:
    """Counts all attempts, redials too."""
    day, quarter = records.at_s // DAY_S, (records.at_s % DAY_S // QUARTER_S).astype(np.int64)
    days, place = np.unique(day, return_inverse=True)
    counts = np.bincount(place.ravel() * QUARTERS + quarter, minlength=len(days) * QUARTERS).reshape(-1, QUARTERS)
    mean = counts.mean(axis=0)
    variance = counts.var(axis=0, ddof=1) if len(days) > 1 else np.full(QUARTERS, np.nan)
    spread = np.where(mean > 0, variance / np.maximum(mean, 1e-9), np.nan)
    groups = {"": np.ones(len(records), bool)} | {name: records.brand == n for n, name in enumerate(records.brands)}
    return Traffic(len(days), mean, spread, {name: _connection(records, of) for name, of in groups.items()})


def _connection(records: CallRecords, of: Flags) -> Connection:
    outcome, caller = records.outcome[of], records.caller[of]
    counts = np.bincount(outcome, minlength=4)
    known = caller != NOBODY
    answered, diverted = (_callers(caller[known], outcome[known] == way) for way in (ANSWERED, DIVERTED))
    tally = Tally(
        callers=len(np.unique(caller[known])),
        attempts=len(outcome),
        answered=int(counts[ANSWERED]),
        abandoned=int(counts[ABANDONED]),
        diverted=int(counts[DIVERTED]),
        busy=int(counts[BUSY]),
        callers_answered=len(answered),
        callers_diverted=len(np.setdiff1d(diverted, answered)),
    )
    asked = tally.callers - tally.callers_diverted
    by_attempts = share_of(tally.answered, tally.attempts - tally.diverted)
    return Connection(tally, by_attempts, share_of(tally.callers_answered, asked))


def _callers(caller: Codes, which: Flags) -> Codes:
    return np.asarray(np.unique(caller[which]), dtype=np.int64)
