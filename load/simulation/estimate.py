"""A mean over replications with its 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from scipy.stats import t as student

from load.law import Array

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and the interval that holds it with 95 % confidence; one replication has none: low and high are nan."""

    mean: float
    low: float
    high: float

    @property
    def has_interval(self) -> bool:
        return not isnan(self.low)

    def as_object(self) -> dict[str, float | None]:
        """For JSON, which has no nan."""
        low, high = (self.low, self.high) if self.has_interval else (None, None)
        return {"mean": self.mean, "low": low, "high": high}


def estimate(values: Array, least: float = -np.inf, most: float = np.inf) -> Estimate:
    """The mean of one value from each replication; Student's t with n − 1 degrees of freedom (Law & Kelton, 4.5).

    least, most: between which values the mean must lie, as rates do between 0 and 1.
    """
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return Estimate(mean, nan, nan)
    half = float(student.ppf(0.5 + LEVEL / 2, n - 1)) * float(np.std(values, ddof=1)) / n**0.5
    return Estimate(mean, max(mean - half, least), min(mean + half, most))
