"""A figure worked out of records: its value, its 95 % interval, and how many records it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from scipy.stats import chi2

from dialtest.standing.power import wilson
from load.law import Array

Z = 1.959963984540054
"""The normal law's 97.5 % point."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`low` … `high` holds the truth in 95 of 100 cases; both are the value's widest where nothing is known of it."""

    value: float
    low: float
    high: float
    records: int

    def as_object(self) -> dict[str, float | int | None]:
        """For JSON, which has no infinity; of no records there is no value."""
        if not self.records:
            return {"value": None, "low": None, "high": None, "records": 0}
        figures = {"value": self.value, "low": self.low, "high": self.high}
        return {name: float(f"{one:.6g}") if np.isfinite(one) else None for name, one in figures.items()} | {
            "records": self.records
        }


def share_of(found: int, records: int) -> Estimate:
    """A share with Wilson's interval; of no records it is 0…1."""
    low, high = wilson(found, records)
    return Estimate(found / records if records else 0.0, low, high, records)


def mean_of(values: Array) -> Estimate:
    """The mean of lengths with the normal interval, never below 0; of fewer than two records nothing is known."""
    if len(values) < 2:
        return Estimate(float(values.mean()) if len(values) else 0.0, 0.0, inf, len(values))
    mean, reach = float(values.mean()), Z * float(values.std(ddof=1)) / sqrt(len(values))
    return Estimate(mean, max(mean - reach, 0.0), mean + reach, len(values))


def exponential_mean(total_s: float, ended: int, records: int) -> Estimate:
    """The mean of an exponential length of which `ended` were seen whole and the rest was cut off: total ÷ ended.

    Interval 2T ÷ χ²(2d): Epstein, B. and Sobel, M. (1953): Life testing, JASA 48, 486–502, exact where d was fixed
    beforehand. 10 ended in 1,000 s: 100, from 58.53 to 208.5. Of none, nothing is known but that it is long.
    """
    if ended == 0:
        return Estimate(inf, 2 * total_s / float(chi2.ppf(0.975, 2)), inf, records)
    low, high = (2 * total_s / float(chi2.ppf(share, 2 * ended)) for share in (0.975, 0.025))
    return Estimate(total_s / ended, low, high, records)


def by_deviation(value: float, log_deviation: float, records: int) -> Estimate:
    """A positive figure whose logarithm is known to a standard deviation."""
    if not np.isfinite(log_deviation):
        return Estimate(value, 0.0, inf, records)
    reach = float(np.exp(min(Z * log_deviation, 50.0)))
    return Estimate(value, value / reach, value * reach, records)
