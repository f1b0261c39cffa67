"""How long callers are willing to wait: Kaplan and Meier's curve and laws, with callers who were served cut off."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import inf
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.stats import CensoredData, ecdf

from load.calibration.call_records import ABANDONED, CallRecords
from load.calibration.estimate import Estimate, Z, share_of
from load.calibration.fitting import Fit, fit_laws
from load.calibration.lengths import lengths
from load.law import Array, Law

TIMES_S: Final = (5, 15, 30, 60, 120, 180, 300, 600)


@dataclass(frozen=True, slots=True)
class Survival:
    """Kaplan and Meier's curve: a share `still` waits longer than `t_s`, within `low` and `high`. One shape, ascending.

    `low` and `high`: Greenwood's deviation of ln(−ln S), 95 %.
    """

    t_s: Array
    still: Array
    low: Array
    high: Array

    def beyond(self, t_s: float, records: int) -> Estimate | None:
        """The share that waits longer than t; None beyond the longest wait, where nobody was watched."""
        if t_s > self.t_s[-1]:
            return None
        place = int(np.searchsorted(self.t_s, t_s, side="right")) - 1
        if place < 0:
            return Estimate(1.0, 1.0, 1.0, records)
        return Estimate(float(self.still[place]), float(self.low[place]), float(self.high[place]), records)


@dataclass(frozen=True, slots=True)
class Patience:
    """Of the calls that queued. Where nobody gave up, `survival`, `restricted` and `law` are None: nothing can be said.

    abandoned: share of those who queued, diverted ones left out. at_once: calls that waited 0 s, which say nothing.
    unknown: calls whose wait is not recorded. restricted: the mean of waits up to `restricted_to_s`, the longest seen.
    """

    abandoned: Estimate
    at_once: int
    unknown: int
    survival: Survival | None
    beyond: dict[int, Estimate]
    restricted: Estimate | None
    restricted_to_s: float
    fits: tuple[Fit, ...]

    @property
    def law(self) -> Law | None:
        """The law that fits best."""
        return self.fits[0].law if self.fits else None


def patience(records: CallRecords) -> Patience:
    """What the waits say. Who was served or diverted would have waited longer: cut off, not left out."""
    queued = records.only(records.queued)
    gave_up = queued.outcome == ABANDONED
    asked = int((queued.outcome <= ABANDONED).sum())
    unknown = int(np.isnan(records.wait_s).sum())
    share, at_once = share_of(int(gave_up.sum()), asked), len(records) - len(queued) - unknown
    if not gave_up.any():
        return Patience(share, at_once, unknown, None, {}, None, 0.0, ())
    survival = kaplan_meier(queued.wait_s, gave_up)
    restricted, to_s = _restricted_mean(survival, queued.wait_s, gave_up)
    told = {t_s: survival.beyond(t_s, len(queued)) for t_s in TIMES_S}
    fits = fit_laws(lengths(queued.wait_s, gave_up))
    known = {t_s: one for t_s, one in told.items() if one}
    return Patience(share, at_once, unknown, survival, known, restricted, to_s, fits)


def kaplan_meier(wait_s: Array, gave_up: npt.NDArray[np.bool_]) -> Survival:
    """Kaplan, E. L. and Meier, P. (1958): Nonparametric estimation from incomplete observations, JASA 53, 457–481."""
    found: Any = ecdf(CensoredData(uncensored=wait_s[gave_up], right=wait_s[~gave_up])).sf
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # where all or none are left the interval has no width
        around = found.confidence_interval(method="log-log")
    still = np.asarray(found.probabilities, dtype=np.float64)
    low, high = (np.asarray(one.probabilities, dtype=np.float64) for one in (around.low, around.high))
    t_s = np.asarray(found.quantiles, dtype=np.float64)
    return Survival(t_s, still, np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 1.0))


def _restricted_mean(survival: Survival, wait_s: Array, gave_up: npt.NDArray[np.bool_]) -> tuple[Estimate, float]:
    """∫S up to the longest wait seen, with Greenwood's variance Σ (∫ₜS)² d ÷ (n (n − d))."""
    to_s = float(survival.t_s[-1])
    steps = np.diff(np.concatenate(([0.0], survival.t_s)))
    before = np.concatenate(([1.0], survival.still[:-1]))
    areas = steps * before
    after = areas.sum() - np.cumsum(areas)
    at_risk = len(wait_s) - np.searchsorted(np.sort(wait_s), survival.t_s, side="left")
    ended = np.histogram(wait_s[gave_up], np.append(survival.t_s, inf))[0]
    left = at_risk - ended
    terms = np.where((ended > 0) & (left > 0), after**2 * ended / np.maximum(at_risk * left, 1), 0.0)
    mean, reach = float(areas.sum()), Z * float(np.sqrt(terms.sum()))
    return Estimate(mean, max(mean - reach, 0.0), mean + reach, len(wait_s)), to_s
