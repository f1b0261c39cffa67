"""Erlang A with patience of any law (M/M/n+G): lognormal, constant, or the patience that was observed."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, isfinite, log

import numpy as np

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array, Law
from load.theory.convex_integral import REACH
from load.theory.erlang_b import log_inverse_blocking
from load.theory.traffic import HOUR_S, checked_agents, checked_within_s, offered_erlangs
from load.theory.wait_quantile import wait_quantile_s

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(20)
_SHARES = np.array([*np.arange(0.0, 1.0, 0.02), 0.99, 0.995, 0.999, 0.9999])
LONGEST_WAIT_S = 1e9


@dataclass(frozen=True, slots=True)
class AnyPatience:
    """The queue with this patience; figures as in ErlangA."""

    agents: float
    erlangs: float
    handle_s: float
    patience: Law
    p_wait: float
    p_abandon: float
    mean_wait_s: float
    _density: _Density = field(repr=False, compare=False)

    @property
    def connection_rate(self) -> float:
        """接通率: calls answered ÷ calls that asked for an agent."""
        return 1 - self.p_abandon

    @property
    def utilisation(self) -> float:
        """The share of their time agents are busy."""
        return self.erlangs * self.connection_rate / self.agents

    def service_level(self, within_s: float) -> float:
        """Calls answered within `within_s` seconds ÷ all calls."""
        if not self.p_wait:
            return 1.0
        return 1 - self.p_abandon - self.p_wait * self._density.answered_beyond(checked_within_s(within_s))

    def p_wait_over(self, t_s: float) -> float:
        """P(W > t), t ≥ 0, of all callers: the agent is further away than t, and the patience lasts longer than t."""
        if not self.p_wait:
            return 0.0
        outlasts = 1 - float(self.patience.share_by(t_s))
        return self.p_wait * self._density.beyond(t_s) * outlasts

    def wait_quantile_s(self, share: float) -> float:
        """The wait that `share` of all callers do not exceed."""
        return wait_quantile_s(share, self.p_wait, self.p_wait_over, self.handle_s)


def any_patience(agents: float, calls_per_h: float, handle_s: float, patience: Law) -> AnyPatience:
    """The queue of `agents` whose callers' patience has the law G; exact for exponential handle times.

    V, the wait for which endless patience would be needed, has the density exp(λ ∫₀ᵗ(1 − G) − nμt) beyond 0, up to a
    factor. Source: F. Baccelli, G. Hebuterne, “On queues with impatient customers” (1981); S. Zeltyn, A. Mandelbaum,
    Queueing Systems 51 (2005), 361–402, section 3. With an exponential law it is `erlang_a`.
    Raises DialtestError for numbers out of bounds, and where so many never give up that the queue grows without bound.
    """
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents = checked_agents(agents)
    density = _Density(agents / handle_s, calls_per_h / HOUR_S, patience)
    if not erlangs:
        return AnyPatience(agents, 0.0, handle_s, patience, 0.0, 0.0, 0.0, density)
    log_odds = density.log_sum() - log_inverse_blocking(agents - 1, erlangs)
    p_wait = 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0
    given_up, waited_s = density.given_up()
    return AnyPatience(agents, erlangs, handle_s, patience, p_wait, p_wait * given_up, p_wait * waited_s, density)


class _Density:
    """The density of V, given V > 0, by Gauss–Legendre on panels between the quantiles of the patience."""

    def __init__(self, ends_per_s: float, calls_per_s: float, patience: Law) -> None:
        self._ends_per_s, self._calls_per_s, self._patience = ends_per_s, calls_per_s, patience
        surplus = 1 - ends_per_s / calls_per_s if calls_per_s else 0.0
        self._peak_s = float(patience.quantile_s(surplus)) if surplus > 0 else 0.0
        self._top = self._exponent(np.array([self._peak_s]))[0] if isfinite(self._peak_s) else 0.0
        self._edges_s = self._panels()
        self._t_s, self._mass = self._points(self._edges_s)
        self._all = float(self._mass.sum())

    def log_sum(self) -> float:
        """ln(λ J)."""
        return float(self._top) + log(self._calls_per_s * self._all)

    def given_up(self) -> tuple[float, float]:
        """P(abandon | V > 0) and E[W | V > 0], W being the shorter of V and the patience."""
        t_s, mass = self._t_s, self._mass
        waited_s = t_s - self._patience.shortfall_s(t_s)
        return float(mass @ self._patience.share_by(t_s)) / self._all, float(mass @ waited_s) / self._all

    def beyond(self, t_s: float) -> float:
        """P(V > t | V > 0)."""
        _t_s, mass = self._points(self._from(t_s))
        return float(mass.sum()) / self._all

    def answered_beyond(self, t_s: float) -> float:
        """P(answered, V > t | V > 0)."""
        later_s, mass = self._points(self._from(t_s))
        return float(mass @ (1 - self._patience.share_by(later_s))) / self._all

    def _from(self, t_s: float) -> Array:
        return np.concatenate(([t_s], self._edges_s[self._edges_s > t_s]))

    def _points(self, edges_s: Array) -> tuple[Array, Array]:
        half = np.diff(edges_s)[:, None] / 2
        t_s = (edges_s[:-1, None] + half * (1 + _POINTS)).ravel()
        return t_s, (half * _WEIGHTS).ravel() * np.exp(self._exponent(t_s) - self._top)

    def _exponent(self, t_s: Array) -> Array:
        lasts_s = t_s - self._patience.shortfall_s(t_s)
        return np.asarray(self._calls_per_s * lasts_s - self._ends_per_s * t_s)

    def _panels(self) -> Array:
        """Edges in steps that double away from the peak, and the quantiles of the patience, as far as it matters."""
        if not isfinite(self._peak_s):
            raise _endless()
        first_s = 1e-3 / (self._ends_per_s + self._calls_per_s)
        steps_s: Array = first_s * np.exp2(np.arange(80, dtype=np.float64))
        later_s = self._peak_s + steps_s[steps_s < LONGEST_WAIT_S]
        falls = self._top - self._exponent(later_s) > REACH
        if not falls.any():
            raise _endless()
        last_s = later_s[int(np.argmax(falls))]
        quantiles_s = self._patience.quantile_s(_SHARES)
        edges_s = np.concatenate(([0.0, self._peak_s], later_s, self._peak_s - steps_s, quantiles_s))
        return np.unique(edges_s[(edges_s >= 0) & (edges_s <= last_s)])


def _endless() -> DialtestError:
    problem = _("So many callers never give up that the queue grows without bound.")
    return DialtestError(problem, _("Add agents, or check the law of patience."))
