"""The seven figures of the calculator, whatever the model; None where a model has no such thing."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf

from load.theory.erlang_b import ErlangB
from load.theory.erlang_c import ErlangC
from load.theory.finite_queue import FiniteQueue
from load.theory.goal import Answer


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of all calls, seconds of all callers; the utilisation is of the agents."""

    p_wait: float | None
    p_abandon: float | None
    mean_wait_s: float | None
    wait_p90_s: float | None
    service_level: float | None
    utilisation: float
    blocking: float | None


def figures_of(answer: Answer | FiniteQueue, within_s: float) -> Figures:
    """What a model says; Erlang B knows no wait, Erlang C no abandonment, and only what is finite turns calls away."""
    if isinstance(answer, ErlangB):
        return Figures(None, None, None, None, answer.service_level(), answer.utilisation, answer.blocking)
    return Figures(
        p_wait=answer.p_wait,
        p_abandon=None if isinstance(answer, ErlangC) else answer.p_abandon,
        mean_wait_s=_finite(answer.mean_wait_s),
        wait_p90_s=_finite(answer.wait_quantile_s(0.9)),
        service_level=answer.service_level(within_s),
        utilisation=answer.utilisation,
        blocking=answer.blocking if isinstance(answer, FiniteQueue) else None,
    )


def _finite(wait_s: float) -> float | None:
    return None if isinf(wait_s) else wait_s
