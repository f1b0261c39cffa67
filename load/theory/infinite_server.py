"""Offered load over time: how many calls would be handled at once if there were an agent for everybody (M_t/G/∞)."""

from __future__ import annotations

from math import atan2, hypot, sin

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft

from load.law import Array, Law
from load.theory.course import Course, course

_DIRECT_ROWS = 512


def offered_load(edges_s: npt.ArrayLike, arrivals_per_s: npt.ArrayLike, handle: Law) -> Array:
    """Expected calls in hand at each of the N + 1 `edges_s`, from an empty start; the number there is Poisson.

    `arrivals_per_s`: N rates that hold from one edge to the next. m(t) = ∫ λ(u) P(S > t − u) du for any handle law S,
    exactly, by E[min(S, x)].
    Source: S. G. Eick, W. A. Massey, W. Whitt, “The physics of the M_t/G/∞ queue”, Operations Research 41 (1993),
    731–742, Theorem 1. Published: see `sinusoidal_load`.
    """
    asked = course(edges_s, arrivals_per_s, 0)
    edges = asked.edges_s
    steps_s = asked.lengths_s
    if np.allclose(steps_s, steps_s[0], rtol=1e-9, atol=0):
        lasting = np.diff(_limited_mean(handle, np.arange(len(edges)) * steps_s[0]))
        return np.concatenate(([0.0], np.maximum(_convolved(asked.arrivals_per_s, lasting), 0.0)))
    load = np.zeros(len(edges))
    for first in range(0, len(edges), _DIRECT_ROWS):
        since_s = np.maximum(edges[first : first + _DIRECT_ROWS, None] - edges, 0)
        load[first : first + _DIRECT_ROWS] = -np.diff(_limited_mean(handle, since_s), axis=1) @ asked.arrivals_per_s
    return load


def exponential_load(asked: Course, handle_s: float) -> Array:
    """The same for exponential handle times and a course, by its differential equation m′ = λ − μ m."""
    loads = [0.0]
    for rate, length_s in zip(asked.arrivals_per_s, asked.lengths_s, strict=True):
        loads.append(loads[-1] + (rate * handle_s - loads[-1]) * -np.expm1(-length_s / handle_s))
    return np.array(loads)


def sinusoidal_load(t: float, mean_rate: float, amplitude: float, frequency: float, handle: float) -> float:
    """m(t) of λ(t) = mean + amplitude × sin(frequency × t) and exponential handle times, long after the start.

    It follows λ later, by the angle atan(γ ÷ μ), and flatter. Any unit of time.
    Source: Eick, Massey, Whitt, “M_t/G/∞ queues with sinusoidal arrival rates”, Management Science 39 (1993), 241–252,
    equation (15). Published: λ = 100 + 20 sin t, handle time 1: 100 + 10 (sin t − cos t), at most 114.1421 at 3π/4.
    """
    ends = 1 / handle
    later = atan2(frequency, ends)
    return mean_rate * handle + amplitude * sin(frequency * t - later) / hypot(ends, frequency)


def _limited_mean(handle: Law, x_s: Array) -> Array:
    """E[min(S, x)]."""
    return np.asarray(x_s - handle.shortfall_s(x_s))


def _convolved(first: Array, second: Array) -> Array:
    """The first len(first) terms of the convolution."""
    length = next_fast_len(2 * len(first))
    product = irfft(rfft(first, length) * rfft(second, length), length)
    return np.asarray(product[: len(first)])
