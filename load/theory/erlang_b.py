"""Erlang B: calls that find every line or agent busy are lost; also for numbers that are not whole."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from load.theory.convex_integral import bend_at, weighted_points
from load.theory.traffic import checked_agents, offered_erlangs


@dataclass(frozen=True, slots=True)
class ErlangB:
    """M/G/n/n: nobody waits. `blocking`: the share of calls turned away, for any law of handle times."""

    agents: float
    erlangs: float
    blocking: float

    @property
    def utilisation(self) -> float:
        """The share of their time agents (or lines) are busy."""
        return self.erlangs * (1 - self.blocking) / self.agents

    @property
    def connection_rate(self) -> float:
        """接通率: calls that are answered ÷ calls."""
        return 1 - self.blocking

    def service_level(self, within_s: float = 0.0) -> float:
        """Who is answered is answered at once, so within any time the same share."""
        return self.connection_rate


def erlang_b(agents: float, calls_per_h: float, handle_s: float) -> ErlangB:
    """The loss system of `agents` lines; raises DialtestError for numbers out of bounds.

    Published: 5 lines, 3 erlangs: 0.1101; 100 lines, 100 erlangs: 0.0757 (any table of Erlang B).
    """
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents = checked_agents(agents)
    return ErlangB(agents, erlangs, exp(-log_inverse_blocking(agents, erlangs)) if erlangs else 0.0)


def log_inverse_blocking(agents: float, erlangs: float) -> float:
    """ln(1 ÷ B(n, a)) for real n ≥ 0 and a > 0, by 1/B = ∫₀^∞ exp(−v) (1 + v/a)ⁿ dv.

    Source: D. L. Jagerman, “Some properties of the Erlang loss function”, Bell System Technical Journal 53 (1974),
    Theorem 3; here with 1 + v/a = exp(t), and the exponent counted from its peak.
    """
    power = agents + 1
    if power <= erlangs:
        _at, weights = weighted_points(erlangs - power, erlangs, -1)
        return log(erlangs * weights.sum())
    peak = log(power / erlangs)
    _at, weights = weighted_points(0.0, power, -1, -peak)
    return log(erlangs) + power * bend_at(peak) + log(weights.sum())
