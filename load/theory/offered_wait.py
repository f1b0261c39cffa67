"""The wait V that a caller of endless patience would meet among callers whose patience ends: the heart of Erlang A."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, log
from typing import Protocol

import numpy as np

from load.law import Array
from load.theory.convex_integral import bend_at, weighted_points


class OfferedWait(Protocol):
    """The law of V, given V > 0. A caller is answered where V is shorter than the patience."""

    @property
    def abandoned(self) -> float:
        """P(abandon | V > 0)."""
        ...

    def log_beyond(self, t_s: float) -> float:
        """ln P(V > t | V > 0)."""
        ...

    def answered_beyond(self, t_s: float) -> float:
        """P(answered, V > t | V > 0)."""
        ...


@dataclass(frozen=True, slots=True)
class NoPatience:
    """Who would have to wait is gone at once."""

    abandoned: float = 1.0

    def log_beyond(self, t_s: float) -> float:
        return -inf

    def answered_beyond(self, t_s: float) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class EndlessPatience:
    """Nobody gives up: V is exponential, `ends_per_s` = nμ − λ; 0 where the queue grows and V is endless."""

    ends_per_s: float
    abandoned: float = 0.0

    def log_beyond(self, t_s: float) -> float:
        return -self.ends_per_s * t_s

    def answered_beyond(self, t_s: float) -> float:
        return exp(-self.ends_per_s * t_s)


class Impatient:
    """Exponential patience: V has the density exp(λ H(t) − nμt), H(t) = (1 − exp(−θt)) ÷ θ, up to a factor.

    Source: S. Zeltyn and A. Mandelbaum, “Call centers with impatient customers: many-server asymptotics of the M/M/n+G
    queue”, Queueing Systems 51 (2005), 361–402, equations (3.1)–(3.7) (J, J(t), ε). Here time runs in patiences,
    s = θt, and the density is taken relative to its peak, so that nothing overflows or cancels.
    """

    def __init__(self, agents: float, erlangs: float, handle_s: float, patience_s: float) -> None:
        self._patience_s = patience_s
        lasting = patience_s / handle_s
        self._peak = max(0.0, log(erlangs / agents))
        self._slope = max(0.0, agents - erlangs) * lasting
        self._bend = min(agents, erlangs) * lasting
        self._s, self._weights = self._beyond(0.0)
        self._all = float(self._weights.sum())
        self.log_odds_part = log(erlangs * lasting * self._all) + agents * lasting * bend_at(-self._peak)
        """ln(λ J), with J = ∫₀^∞ of the density that is 1 at t = 0."""

    @property
    def abandoned(self) -> float:
        return float((self._weights * -np.expm1(-self._s)).sum()) / self._all

    def log_beyond(self, t_s: float) -> float:
        s = t_s / self._patience_s
        _s, weights = self._beyond(s)
        return log(float(weights.sum()) / self._all) - self._fallen(s)

    def answered_beyond(self, t_s: float) -> float:
        from_s = t_s / self._patience_s
        s, weights = self._beyond(from_s)
        return float((weights * np.exp(-s)).sum()) / self._all * exp(-self._fallen(from_s))

    def _fallen(self, s: float) -> float:
        """How far the log of the density has fallen from its peak at s, where s lies beyond the peak."""
        past = max(0.0, s - self._peak)
        return self._slope * past + self._bend * bend_at(past)

    def _beyond(self, s: float) -> tuple[Array, Array]:
        """Points in s and their weights for integrals from s on, relative to the peak, or to s where that is later."""
        past = s - self._peak
        if past <= 0:
            at, weights = weighted_points(self._slope, self._bend, 1, past)
            return at + self._peak, weights
        # h(s + x) = h(s) + exp(−s) h(x) + (1 − exp(−s)) x: beyond s the density has the same form again.
        at, weights = weighted_points(self._slope - self._bend * expm1(-past), self._bend * exp(-past), 1)
        return at + s, weights
