"""Erlang A: callers wait in one queue and give up when their patience ends; the waits of all who called."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, inf, isinf, log

from scipy.optimize import brentq

from load.theory.erlang_b import erlang_b, log_inverse_blocking
from load.theory.erlang_c import erlang_c
from load.theory.offered_wait import EndlessPatience, Impatient, NoPatience, OfferedWait
from load.theory.traffic import checked_agents, checked_patience_s, checked_share, checked_within_s, offered_erlangs

NO_PATIENCE = 1e-15
"""Patience shorter than this part of a handle time is none."""


@dataclass(frozen=True, slots=True)
class ErlangA:
    """M/M/n+M: Poisson calls, exponential handle times and patience (`patience_s` is its mean).

    `p_wait`: a call finds all agents busy. `offered`: how long they stay so, given that they are.
    """

    agents: float
    erlangs: float
    handle_s: float
    patience_s: float
    p_wait: float
    offered: OfferedWait = field(repr=False, compare=False)

    @property
    def p_abandon(self) -> float:
        """Calls that are given up ÷ calls."""
        return self.p_wait * self.offered.abandoned

    @property
    def connection_rate(self) -> float:
        """接通率: calls answered ÷ calls that asked for an agent."""
        return 1 - self.p_abandon

    @property
    def mean_wait_s(self) -> float:
        """Of all callers, whether answered, at once or later, or not: P(abandon) × patience; inf where it grows."""
        if isinstance(self.offered, EndlessPatience):
            return self.p_wait / self.offered.ends_per_s if self.offered.ends_per_s else inf
        return self.p_abandon * self.patience_s

    @property
    def utilisation(self) -> float:
        """The share of their time agents are busy."""
        return min(1.0, self.erlangs * self.connection_rate / self.agents)

    def wait_quantile_s(self, share: float) -> float:
        """The wait that `share` of all callers do not exceed, whether they were answered or gave up."""
        left = 1 - checked_share(share)
        if self.p_wait <= left or isinstance(self.offered, NoPatience):
            return 0.0
        ends_per_s = 1 / self.patience_s + max(0.0, self.agents - self.erlangs) / self.handle_s
        if not ends_per_s:
            return inf
        longest_s = log(self.p_wait / left) / ends_per_s * (1 + 1e-9)
        return float(brentq(lambda t_s: self._log_wait_over(t_s) - log(left), 0.0, longest_s, xtol=1e-12, rtol=1e-13))

    def p_wait_over(self, t_s: float) -> float:
        """P(W > t) of all callers: the agent is further away than t, and the patience lasts longer than t."""
        return exp(self._log_wait_over(checked_within_s(t_s))) if self.p_wait else 0.0

    def service_level(self, within_s: float) -> float:
        """Calls answered within `within_s` seconds ÷ all calls; those given up earlier count against it."""
        late = self.offered.answered_beyond(checked_within_s(within_s))
        return max(0.0, 1 - self.p_wait * (self.offered.abandoned + late))

    def _log_wait_over(self, t_s: float) -> float:
        patience = t_s / self.patience_s if self.patience_s else inf
        return log(self.p_wait) + self.offered.log_beyond(t_s) - patience


def erlang_a(agents: float, calls_per_h: float, handle_s: float, patience_s: float) -> ErlangA:
    """The queue of `agents` with impatient callers; raises DialtestError for numbers out of bounds.

    With patience 0 it is Erlang B (who would wait is gone), with patience inf Erlang C.
    Source: C. Palm (1957); O. Garnett, A. Mandelbaum, M. Reiman, “Designing a call center with impatient customers”,
    M&SOM 4 (2002), 208–227. P(W > 0) = λJ ÷ (ε + λJ), ε = 1 ÷ B(n − 1), J as in `Impatient`.
    Published: 50 agents, 48 calls a minute of 1 min, patience 2 min: P(W > 0) 0.46777, P(abandon) 0.03091,
    E[W] 3.71 s, W90 12.44 s, utilisation 0.9303.
    """
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents, patience_s = checked_agents(agents), checked_patience_s(patience_s)
    p_wait, offered = _met(agents, erlangs, handle_s, patience_s) if erlangs else (0.0, NoPatience())
    return ErlangA(agents, erlangs, handle_s, patience_s, p_wait, offered)


def _met(agents: float, erlangs: float, handle_s: float, patience_s: float) -> tuple[float, OfferedWait]:
    calls_per_h = erlangs * 3600 / handle_s
    if isinf(patience_s):
        endless = EndlessPatience(max(0.0, agents - erlangs) / handle_s)
        return erlang_c(agents, calls_per_h, handle_s).p_wait, endless
    if patience_s <= NO_PATIENCE * handle_s:
        return erlang_b(agents, calls_per_h, handle_s).blocking, NoPatience()
    impatient = Impatient(agents, erlangs, handle_s, patience_s)
    log_odds = impatient.log_odds_part - log_inverse_blocking(agents - 1, erlangs)
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0, impatient
