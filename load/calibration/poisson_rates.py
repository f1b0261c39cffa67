"""Counts that are sums of several Poisson streams of known shape: how strong each stream is, by likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from load.law import Array

ROUNDS = 40
FLOOR = 1e-9
LEAST_WEIGHED = 1e-4
"""A bin that expects less steers a round no more than one that expects this."""
ENOUGH = 1e-5


@dataclass(frozen=True, slots=True)
class Rates:
    """`strength` of each stream, shape (streams,), none below 0; `expected` counts, shape (bins,)."""

    strength: Array
    expected: Array
    log_likelihood: float


def fit_rates(shapes: Array, counts: Array, start: Array | None = None) -> Rates:
    """The strengths that make the counts likeliest; `shapes`: (bins, streams), what each stream of strength 1 expects.

    Fisher scoring with the strengths kept at 0 or above: each round is a weighted least-squares problem (NNLS).
    """
    strength = np.full(shapes.shape[1], max(counts.sum(), 1.0) / max(shapes.sum(), FLOOR)) if start is None else start
    best = _rates(shapes, counts, strength)
    for _round in range(ROUNDS):
        weight = 1 / np.maximum(best.expected, LEAST_WEIGHED)
        normal = shapes.T @ (shapes * weight[:, None])
        factor = np.linalg.cholesky(normal + np.eye(len(normal)) * FLOOR * max(float(np.trace(normal)), FLOOR))
        target = np.linalg.solve(factor, shapes.T @ (counts * weight))
        step = nnls(factor.T, target)[0]
        better = _line_search(shapes, counts, best, np.asarray(step, dtype=np.float64))
        if better.log_likelihood - best.log_likelihood < ENOUGH:
            return better
        best = better
    return best


def _line_search(shapes: Array, counts: Array, best: Rates, step: Array) -> Rates:
    """The step, or as small a part of it as makes the counts likelier."""
    part = 1.0
    while part > 1e-3:
        one = _rates(shapes, counts, best.strength + part * (step - best.strength))
        if one.log_likelihood >= best.log_likelihood:
            return one
        part /= 4
    return best


def _rates(shapes: Array, counts: Array, strength: Array) -> Rates:
    expected = np.maximum(shapes @ strength, FLOOR)
    return Rates(strength, expected, float((counts * np.log(expected) - expected).sum()))


def deviations(slopes: Array, counts: Array, expected: Array) -> Array:
    """Standard deviations of parameters by Fisher's information; `slopes`: (bins, parameters), ∂ expected ÷ ∂ each.

    Counts that vary more than Poisson ones widen them (Pearson's χ² ÷ degrees of freedom, McCullagh and Nelder 1989,
    §6.2), since days differ from each other.
    """
    weight = 1 / np.maximum(expected, FLOOR)
    information = slopes.T @ (slopes * weight[:, None])
    variances = np.diag(np.linalg.pinv(information))
    return np.asarray(np.sqrt(np.maximum(variances, 0.0) * overdispersion(slopes.shape[1], counts, expected)))


def overdispersion(parameters: int, counts: Array, expected: Array) -> float:
    """Pearson's χ² by degree of freedom, at least 1; bins are gathered until 5 counts are expected in each."""
    place = np.floor(np.cumsum(expected) / 5).astype(np.int64)
    seen, told = np.bincount(place, counts), np.bincount(place, expected)
    free = np.count_nonzero(told > 1) - parameters
    if free < 1:
        return 1.0
    return max(1.0, float((((seen - told) ** 2)[told > 1] / told[told > 1]).sum()) / free)
