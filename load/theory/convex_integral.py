"""Integrals of exp(−convex) over a half-line, to which Erlang's sums come down; no factorial ever overflows here."""

from __future__ import annotations

from math import exp, expm1, inf, sqrt
from typing import Literal

import numpy as np

from load.law import Array

REACH = 45.0
"""The integrand is followed until it has fallen to exp(−45), 3e-20 of its peak."""

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_SMALL = 0.5
_TERMS = 16

Side = Literal[1, -1]


def bend_of(x: Array) -> Array:
    """h(x) = exp(−x) − 1 + x ≥ 0, by its series near 0, where the plain sum would lose its digits."""
    near = np.clip(x, -_SMALL, _SMALL)
    series = np.ones_like(near)
    for term in range(_TERMS, 2, -1):
        series = 1 - near / term * series
    with np.errstate(over="ignore"):
        return np.where(np.abs(x) < _SMALL, near * near / 2 * series, np.expm1(-x) + x)


def bend_at(x: float) -> float:
    """h(x) of one number."""
    return float(bend_of(np.array([x]))[0])


def weighted_points(slope: float, bend: float, side: Side, lowest: float = 0.0) -> tuple[Array, Array]:
    """Points x and weights w with Σ w f(x) = ∫ f(x) exp(−(slope·x + bend·h(side·x))) dx from `lowest` to ∞.

    slope ≥ 0, bend > 0; `lowest` ≤ 0, and below 0 only where slope is 0, so that the peak is at x = 0. Gauss–Legendre,
    20 points on each of panels that double their width away from the peak: scales as far apart as 1e-6 and 1e6 are
    both met. Relative error about 1e-13 (tests/load/theory/test_convex_integral.py).
    """
    edges = _edges(slope, bend, side, inf)
    if lowest < 0:
        edges = [*(-edge for edge in reversed(_edges(0.0, bend, -1 if side > 0 else 1, -lowest)[1:])), *edges]
    at = np.array(edges)
    half = np.diff(at)[:, None] / 2
    x = (at[:-1, None] + half * (1 + _POINTS)).ravel()
    falls = np.exp(-(slope * x + bend * bend_of(side * x)))
    return x, (half * _WEIGHTS).ravel() * falls


def _edges(slope: float, bend: float, side: Side, furthest: float) -> list[float]:
    """Panels from the peak outwards; h(−x) grows like exp(x), so there no panel is wider than 1."""
    step = min(1.0, 1 / (slope + sqrt(bend)))
    edges = [0.0]
    while edges[-1] < furthest:
        edge = min(edges[-1] + step, furthest)
        edges.append(edge)
        curve = expm1(-edge) + edge if side > 0 else exp(edge) - 1 - edge
        if slope * edge + bend * curve > REACH:
            break
        step = edge if side > 0 else min(edge, 1.0)
    return edges
