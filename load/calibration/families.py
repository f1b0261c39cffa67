"""The families of laws that are fitted, each with its density, by parameters that may take any value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, pi

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln, log_ndtr

from load.law import Array, Erlang, Exponential, Law, Lognormal

TINY = 1e-300
MOST_PHASES = 100


@dataclass(frozen=True, slots=True)
class Family:
    """Laws of one make. `law` makes one of the parameters; `log_density`, `log_beyond`, `log_within` are ln f(t),
    ln P(T > t), ln P(T ≤ t) at the parameters; `mean` is the place of ln E[T] as a function of them.
    """

    name: str
    parameters: int
    law: Callable[[Array], Law]
    log_density: Callable[[Array, Array], Array]
    log_beyond: Callable[[Array, Array], Array]
    log_within: Callable[[Array, Array], Array]
    start: Callable[[float, float], list[float]]
    """From the mean of ln T and its standard deviation."""


def exponential() -> Family:
    """ln mean."""
    return erlang(1)


def erlang(phases: int) -> Family:
    """ln mean; the number of phases is chosen outside, and counts as a parameter where it is not 1."""

    def scaled(t_s: Array, at: Array) -> Array:
        return np.asarray(t_s * phases / np.exp(at[0]), dtype=np.float64)

    def log_density(t_s: Array, at: Array) -> Array:
        x = scaled(t_s, at)
        return np.asarray(phases * np.log(x) - np.log(t_s) - x - gammaln(phases), dtype=np.float64)

    def law(at: Array) -> Law:
        mean_s = float(np.exp(at[0]))
        return Exponential(mean_s) if phases == 1 else Erlang(mean_s, phases)

    return Family(
        "exponential" if phases == 1 else "erlang",
        1 if phases == 1 else 2,
        law,
        log_density,
        lambda t_s, at: np.log(np.maximum(gammaincc(phases, scaled(t_s, at)), TINY)),
        lambda t_s, at: np.log(np.maximum(gammainc(phases, scaled(t_s, at)), TINY)),
        lambda centre, spread: [centre + min(spread, 2.0) ** 2 / 2],
    )


def lognormal() -> Family:
    """ln median, ln sigma."""

    def z(t_s: Array, at: Array) -> Array:
        return np.asarray((np.log(t_s) - at[0]) / np.exp(at[1]), dtype=np.float64)

    def law(at: Array) -> Law:
        sigma = float(np.exp(at[1]))
        return Lognormal(float(np.exp(at[0] + sigma**2 / 2)), sigma)

    return Family(
        "lognormal",
        2,
        law,
        lambda t_s, at: -(z(t_s, at) ** 2) / 2 - np.log(t_s) - at[1] - log(2 * pi) / 2,
        lambda t_s, at: np.asarray(log_ndtr(-z(t_s, at)), dtype=np.float64),
        lambda t_s, at: np.asarray(log_ndtr(z(t_s, at)), dtype=np.float64),
        lambda centre, spread: [centre, log(max(spread, 0.05))],
    )
