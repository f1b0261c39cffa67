"""The square-root rule: agents = load + β √load, and what β buys when there are many agents."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, inf, sqrt

from scipy.optimize import brentq
from scipy.special import erfcx, log_ndtr, ndtr

from load.theory.traffic import checked_agents, checked_patience_s, checked_share, offered_erlangs

_STEEPEST = 30.0
_SQRT_HALF_PI = 1.2533141373155001


@dataclass(frozen=True, slots=True)
class SquareRoot:
    """The many-server limit of Erlang C (patience inf) or Erlang A at spare capacity β."""

    beta: float
    p_wait: float
    p_abandon: float


def square_root_agents(erlangs: float, beta: float) -> int:
    """a + β √a, rounded up."""
    return max(1, ceil(erlangs + beta * sqrt(erlangs)))


def halfin_whitt(beta: float) -> float:
    """P(W > 0) of M/M/n with n = a + β √a, β > 0, as n grows: 1 ÷ (1 + β Φ(β) ÷ φ(β)); 1 for β ≤ 0.

    Source: S. Halfin, W. Whitt, “Heavy-traffic limits for queues with many exponential servers”, Operations Research 29
    (1981), 567–588, Theorem 1. Half of the calls wait at β = 0.506.
    """
    return _density(beta) / (_density(beta) + beta * float(ndtr(beta))) if beta > 0 else 1.0


def garnett(beta: float, handle_per_patience: float) -> float:
    """P(W > 0) of M/M/n+M: 1 ÷ (1 + √r h(β ÷ √r) ÷ h(−β)), r = θ ÷ μ = handle time ÷ patience; any β.

    h = φ ÷ (1 − Φ), the hazard of the normal law. With r → 0 it becomes Halfin and Whitt's.
    Source: O. Garnett, A. Mandelbaum, M. Reiman, M&SOM 4 (2002), 208–227, Theorem 4; at r = 1 it is 1 − Φ(β).
    """
    if handle_per_patience == 0:
        return halfin_whitt(beta)
    root = sqrt(handle_per_patience)
    return hazard(-beta) / (hazard(-beta) + root * hazard(beta / root))


def hazard(x: float) -> float:
    """h(x) = φ(x) ÷ (1 − Φ(x)) of the standard normal law, at any x."""
    if x > 0:
        return 1 / (_SQRT_HALF_PI * float(erfcx(x / sqrt(2))))
    return _density(x) / exp(float(log_ndtr(-x)))


def square_root(agents: float, calls_per_h: float, handle_s: float, patience_s: float) -> SquareRoot:
    """What the rule says of a queue, beside the exact answer; raises DialtestError for numbers out of bounds."""
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents, patience_s = checked_agents(agents), checked_patience_s(patience_s)
    beta = (agents - erlangs) / sqrt(erlangs) if erlangs else inf
    if not erlangs or not patience_s:
        return SquareRoot(beta, 0.0, 0.0)
    per_patience = handle_s / patience_s
    p_wait = garnett(beta, per_patience)
    root = sqrt(per_patience)
    lost = root * hazard(beta / root) - beta if per_patience else 0.0
    return SquareRoot(beta, p_wait, min(1.0, p_wait * lost / sqrt(agents)))


def beta_for(p_wait: float, handle_per_patience: float) -> float:
    """The β with which a share `p_wait` of the calls waits; raises DialtestError for a share outside (0, 1)."""
    checked_share(p_wait)
    if handle_per_patience == 0:
        return float(brentq(lambda beta: halfin_whitt(beta) - p_wait, 1e-12, _STEEPEST))
    return float(brentq(lambda beta: garnett(beta, handle_per_patience) - p_wait, -_STEEPEST, _STEEPEST))


def _density(x: float) -> float:
    return exp(-x * x / 2) * 0.3989422804014327
