"""Laws of chance of a call centre: how long reminded people take to call, calls take to handle, and patience lasts."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log, sqrt
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

Array = npt.NDArray[np.float64]


@runtime_checkable
class Law(Protocol):
    """The law of a length of time T ≥ 0 in seconds. Arrays in, arrays of the same shape out."""

    @property
    def mean_s(self) -> float:
        """E[T]; inf where T may never come."""
        ...

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        """P(T ≤ t)."""
        ...

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        """E[(t − T)⁺] = ∫₀ᵗ P(T ≤ x) dx, 0 for t ≤ 0: what arrival curves and offered loads are made of."""
        ...

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        """The t with P(T ≤ t) = u for 0 ≤ u < 1; by it uniform chances become lengths of time (inversion)."""
        ...


@dataclass(frozen=True, slots=True)
class Exponential:
    """P(T > t) = exp(−t / mean)."""

    mean_s: float

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return -np.expm1(-_positive(t_s) / self.mean_s)

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        t = _positive(t_s)
        return t + self.mean_s * np.expm1(-t / self.mean_s)

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        return -self.mean_s * np.log1p(-np.asarray(u, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Constant:
    """T is always the same."""

    mean_s: float

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return (np.asarray(t_s, dtype=np.float64) >= self.mean_s).astype(np.float64)

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        return _positive(np.asarray(t_s, dtype=np.float64) - self.mean_s)

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        return np.full(np.shape(u), self.mean_s)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """ln T is normal with standard deviation `sigma`; its mean is ln(mean_s) − sigma² / 2."""

    mean_s: float
    sigma: float

    @classmethod
    def with_deviation(cls, mean_s: float, deviation_s: float) -> Lognormal:
        """The lognormal law with this mean and this standard deviation of T itself."""
        return cls(mean_s, sqrt(log(1 + (deviation_s / mean_s) ** 2)))

    @property
    def median_s(self) -> float:
        return self.mean_s * exp(-(self.sigma**2) / 2)

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return np.asarray(ndtr(self._z(t_s)), dtype=np.float64)

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        z = self._z(t_s)
        return np.asarray(_positive(t_s) * ndtr(z) - self.mean_s * ndtr(z - self.sigma), dtype=np.float64)

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        return np.asarray(self.median_s * np.exp(self.sigma * ndtri(np.asarray(u, dtype=np.float64))))

    def _z(self, t_s: npt.ArrayLike) -> Array:
        with np.errstate(divide="ignore"):
            return np.asarray((np.log(_positive(t_s)) - log(self.median_s)) / self.sigma, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Erlang:
    """The sum of `phases` exponential lengths of the same mean."""

    mean_s: float
    phases: int

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return np.asarray(gammainc(self.phases, self._scaled(t_s)), dtype=np.float64)

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        x = self._scaled(t_s)
        below = _positive(t_s) * gammainc(self.phases, x) - self.mean_s * gammainc(self.phases + 1, x)
        return np.asarray(below, dtype=np.float64)

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        return np.asarray(
            gammaincinv(self.phases, np.asarray(u, dtype=np.float64)) * self.mean_s / self.phases, dtype=np.float64
        )

    def _scaled(self, t_s: npt.ArrayLike) -> Array:
        return _positive(t_s) * self.phases / self.mean_s


@dataclass(frozen=True, eq=False)
class Empirical:
    """Lengths that were observed; each comes as often as it was seen. `values_s`: any order, at least one."""

    values_s: tuple[float, ...]

    def __post_init__(self) -> None:
        ordered = np.sort(np.asarray(self.values_s, dtype=np.float64))
        object.__setattr__(self, "_ordered", ordered)
        object.__setattr__(self, "_sums", np.concatenate(([0.0], np.cumsum(ordered))))

    _ordered: Array = None  # type: ignore[assignment]
    _sums: Array = None  # type: ignore[assignment]

    @property
    def mean_s(self) -> float:
        return float(self._ordered.mean())

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return np.asarray(self._reached(t_s) / len(self._ordered), dtype=np.float64)

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        reached, t = self._reached(t_s), np.asarray(t_s, dtype=np.float64)
        return np.asarray((reached * t - self._sums[reached]) / len(self._ordered), dtype=np.float64)

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        place = (np.asarray(u, dtype=np.float64) * len(self._ordered)).astype(np.int64)
        return np.asarray(self._ordered[np.minimum(place, len(self._ordered) - 1)], dtype=np.float64)

    def _reached(self, t_s: npt.ArrayLike) -> npt.NDArray[np.int64]:
        return np.asarray(np.searchsorted(self._ordered, np.asarray(t_s, dtype=np.float64), side="right"))


@dataclass(frozen=True, slots=True)
class Never:
    """T never comes: callers who do not give up."""

    mean_s: float = inf

    def share_by(self, t_s: npt.ArrayLike) -> Array:
        return np.zeros(np.shape(t_s))

    def shortfall_s(self, t_s: npt.ArrayLike) -> Array:
        return np.zeros(np.shape(t_s))

    def quantile_s(self, u: npt.ArrayLike) -> Array:
        return np.full(np.shape(u), inf)


def draw_s(law: Law, generator: np.random.Generator, size: int) -> Array:
    """`size` lengths of time drawn from a law, one uniform chance each, so that plans can be compared call by call."""
    return law.quantile_s(generator.random(size))


def _positive(t_s: npt.ArrayLike) -> Array:
    return np.maximum(np.asarray(t_s, dtype=np.float64), 0.0)
