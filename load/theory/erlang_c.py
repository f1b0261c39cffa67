"""Erlang C: calls wait in one queue, first come, first served, and nobody gives up."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, log

from load.theory.erlang_b import log_inverse_blocking
from load.theory.traffic import checked_agents, checked_share, checked_within_s, offered_erlangs


@dataclass(frozen=True, slots=True)
class ErlangC:
    """M/M/n. Where the calls are as much as the agents can do, or more, the queue grows without bound: `stable` is
    false, everybody waits, and longer and longer.
    """

    agents: float
    erlangs: float
    handle_s: float
    p_wait: float

    @property
    def stable(self) -> bool:
        return self.erlangs < self.agents

    @property
    def utilisation(self) -> float:
        """The share of their time agents are busy."""
        return min(1.0, self.erlangs / self.agents)

    @property
    def mean_wait_s(self) -> float:
        """Of all callers, those answered at once included; inf where the queue grows."""
        return self.p_wait * self.handle_s / (self.agents - self.erlangs) if self.stable else inf

    def wait_quantile_s(self, share: float) -> float:
        """The wait that `share` of all callers do not exceed."""
        left = 1 - checked_share(share)
        if self.p_wait <= left:
            return 0.0
        return log(self.p_wait / left) * self.handle_s / (self.agents - self.erlangs) if self.stable else inf

    def service_level(self, within_s: float) -> float:
        """The share of calls answered within `within_s` seconds."""
        if not self.stable:
            return 0.0
        return 1 - self.p_wait * exp(-(self.agents - self.erlangs) * checked_within_s(within_s) / self.handle_s)


def erlang_c(agents: float, calls_per_h: float, handle_s: float) -> ErlangC:
    """The queue of `agents`; raises DialtestError for numbers out of bounds.

    Source: C = n B ÷ (n − a (1 − B)), with B of Erlang B; R. B. Cooper, Introduction to Queueing Theory (1981), 3.4.
    Published: 50 agents, 48 erlangs of 1 min: P(W > 0) 0.6945, E[W] 20.83 s, W90 58.14 s.
    """
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents = checked_agents(agents)
    if erlangs >= agents:
        return ErlangC(agents, erlangs, handle_s, 1.0)
    return ErlangC(agents, erlangs, handle_s, _delayed(agents, erlangs) if erlangs else 0.0)


def _delayed(agents: float, erlangs: float) -> float:
    log_inverse = log_inverse_blocking(agents, erlangs)
    blocking, passing = exp(-log_inverse), -expm1(-log_inverse)
    return agents * blocking / (agents - erlangs * passing)
