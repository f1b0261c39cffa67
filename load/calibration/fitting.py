"""Which law fits lengths of time best, by likelihood, with what was cut off counted as what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np
from scipy.optimize import minimize

from load.calibration.estimate import Estimate, by_deviation, exponential_mean
from load.calibration.families import MOST_PHASES, Family, erlang, exponential, lognormal
from load.calibration.lengths import Lengths
from load.law import Array, Constant, Law, Lognormal

LEAST_ENDS = 30
"""With fewer lengths seen whole only the exponential law is fitted: two parameters would say nothing (ours)."""
STEP = 1e-4


@dataclass(frozen=True, slots=True)
class Fit:
    """One law fitted by likelihood. `mean` with its interval; `sigma` for a lognormal law.

    aic: 2 × parameters − 2 × ln likelihood; of two laws, the one with the smaller fits better (Akaike 1974).
    apart: the greatest distance between the law and what was observed, a share, where all lengths were seen.
    """

    name: str
    law: Law
    mean: Estimate
    aic: float
    sigma: Estimate | None = None
    apart: float | None = None


def fit_laws(sample: Lengths) -> tuple[Fit, ...]:
    """Exponential, lognormal and Erlang laws by maximum likelihood, the best by AIC first; none where nothing ended."""
    if sample.ends == 0:
        return ()
    if sample.ends >= LEAST_ENDS and sample.all_seen and sample.t_s[0] == sample.t_s[-1]:
        value = float(sample.t_s[0])
        return (Fit("constant", Constant(value), Estimate(value, value, value, sample.records), 0.0, apart=0.0),)
    fits = [_fit(exponential(), sample)]
    if sample.ends >= LEAST_ENDS:
        fits += [_fit(lognormal(), sample), *_best_erlang(sample)]
    return tuple(sorted(fits, key=lambda fit: fit.aic))


def _best_erlang(sample: Lengths) -> Iterator[Fit]:
    """The Erlang law of two phases or more; likelihood rises to its best number of phases and falls behind it."""
    best = _fit(erlang(2), sample)
    for phases in range(3, MOST_PHASES + 1):
        one = _fit(erlang(phases), sample)
        if one.aic >= best.aic:
            break
        best = one
    yield best


def _fit(family: Family, sample: Lengths) -> Fit:
    def misfit(at: Array) -> float:
        return -_log_likelihood(family, sample, at)

    found = minimize(misfit, _start(family, sample), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-7})
    at = np.asarray(found.x, dtype=np.float64)
    law, covariance = family.law(at), _covariance(misfit, at)
    aic = 2 * family.parameters + 2 * float(found.fun)
    if family.name == "exponential" and bool(np.isinf(sample.within_s).all()):
        mean = exponential_mean(sample.total_s, sample.ends, sample.records)
    else:
        mean = by_deviation(law.mean_s, _log_mean_deviation(law, covariance), sample.records)
    sigma = by_deviation(law.sigma, sqrt(covariance[1, 1]), sample.records) if isinstance(law, Lognormal) else None
    return Fit(family.name, law, mean, aic, sigma, _apart(law, sample) if sample.all_seen else None)


def _start(family: Family, sample: Lengths) -> Array:
    """Where the search begins: what the lengths seen whole alone would say, longer where many were cut off."""
    logs, weights = np.log(sample.t_s), sample.ended / sample.ends
    centre = float((logs * weights).sum())
    spread = sqrt(float(((logs - centre) ** 2 * weights).sum()))
    return np.asarray(family.start(centre + log(sample.records / sample.ends), spread))


def _log_likelihood(family: Family, sample: Lengths, at: Array) -> float:
    if np.any(np.abs(at) > 25):
        return -1e300
    with np.errstate(all="ignore"):
        ended = family.log_density(sample.t_s, at)
        if not np.isinf(sample.within_s).all():
            ended = ended - np.where(np.isinf(sample.within_s), 0.0, family.log_within(sample.within_s, at))
        total = float((sample.ended * ended).sum())
        if sample.cut.any():
            total += float((sample.cut * family.log_beyond(sample.t_s, at)).sum())
    return total if np.isfinite(total) else -1e300


def _covariance(misfit: Callable[[Array], float], at: Array) -> Array:
    """The inverse of the observed information; infinite where the records do not settle a parameter."""
    n = len(at)
    information = np.empty((n, n))
    steps = np.eye(n) * STEP * 10
    for i in range(n):
        for j in range(n):
            ups, mixed = misfit(at + steps[i] + steps[j]), misfit(at + steps[i] - steps[j])
            downs, others = misfit(at - steps[i] - steps[j]), misfit(at - steps[i] + steps[j])
            information[i, j] = (ups - mixed - others + downs) / (4 * steps[i, i] * steps[j, j])
    try:
        covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full((n, n), inf)
    return covariance if np.all(np.diag(covariance) > 0) else np.full((n, n), inf)


def _log_mean_deviation(law: Law, covariance: Array) -> float:
    """The standard deviation of ln mean; of a lognormal law ln mean is ln median + σ² ÷ 2."""
    if not isinstance(law, Lognormal):
        return sqrt(covariance[0, 0])
    slope = np.asarray([1.0, law.sigma**2])
    variance = float(slope @ covariance @ slope)
    return sqrt(variance) if np.isfinite(variance) and variance > 0 else inf


def _apart(law: Law, sample: Lengths) -> float:
    """Kolmogorov's distance."""
    by = np.cumsum(sample.ended) / sample.ends
    before = np.concatenate(([0.0], by[:-1]))
    told = law.share_by(sample.t_s)
    return float(max(np.abs(told - by).max(), np.abs(told - before).max()))
