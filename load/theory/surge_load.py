"""One batch of reminders as offered load, in closed form: exponential delays and handle times (H1)."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array

AT_ONCE_S = 1e-3


@dataclass(frozen=True, slots=True)
class SurgeLoad:
    """`callers` = size × share who call, each `delay_mean_s` after a reminder, on average; all times in seconds.

    Reminders go out evenly over `sending_s`, all at once where it is less than a millisecond. Raises DialtestError for
    values that cannot be.
    """

    callers: float
    delay_mean_s: float
    handle_mean_s: float
    sending_s: float = 0.0

    def __post_init__(self) -> None:
        positive = self.callers >= 0 and self.delay_mean_s > 0 and self.handle_mean_s > 0 and self.sending_s >= 0
        if not (positive and np.isfinite([self.callers, self.delay_mean_s, self.handle_mean_s, self.sending_s]).all()):
            raise DialtestError(_("A surge needs callers, a delay and a handle time, each of them above 0."))

    def erlangs(self, t_s: npt.ArrayLike) -> Array:
        """Offered load t after the first reminder, so many calls would be in hand; 0 before.

        At once: m(t) = N α (exp(−αt) − exp(−μt)) ÷ (μ − α), α = 1 ÷ delay, μ = 1 ÷ handle time (the convolution of the
        two laws; Eick, Massey, Whitt 1993, Theorem 1). Sent over a time T: the mean of m over the last T.
        """
        t = np.maximum(np.asarray(t_s, dtype=np.float64), 0.0)
        if self.sending_s < AT_ONCE_S:
            return self._at_once(t)
        return (self._sum(t) - self._sum(np.maximum(t - self.sending_s, 0.0))) / self.sending_s

    @property
    def peak(self) -> tuple[float, float]:
        """When the load is greatest, in seconds after the first reminder, and the load then, in erlangs.

        Published: 10,000 reminders at once, 40 % call, handle time 3 min: 170.83 erlangs after 9.46 min with a delay of
        60 min, 716.29 after 5.16 min with 10 min.
        """
        apart = self._apart
        at_once_s = log(self.delay_mean_s / self.handle_mean_s) / apart if apart else self.delay_mean_s
        peak_s = at_once_s
        if self.sending_s >= AT_ONCE_S:
            first_s = max(at_once_s, self.sending_s)
            peak_s = float(brentq(lambda t_s: self._slope(t_s), first_s, at_once_s + self.sending_s, xtol=1e-9))
        return peak_s, float(self.erlangs(peak_s))

    @property
    def _apart(self) -> float:
        """μ − α."""
        return 1 / self.handle_mean_s - 1 / self.delay_mean_s

    def _at_once(self, t: Array) -> Array:
        slower = min(1 / self.delay_mean_s, 1 / self.handle_mean_s)
        apart = abs(self._apart)
        between = -np.expm1(-apart * t) / apart if apart else t
        return np.asarray(self.callers / self.delay_mean_s * np.exp(-slower * t) * between)

    def _sum(self, t: Array) -> Array:
        """∫₀ᵗ m, from m′ = λ − μ m."""
        came = self.callers * -np.expm1(-t / self.delay_mean_s)
        return np.asarray((came - self._at_once(t)) * self.handle_mean_s)

    def _slope(self, t_s: float) -> float:
        return float(self._at_once(np.array(t_s)) - self._at_once(np.array(t_s - self.sending_s)))
