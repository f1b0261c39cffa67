"""The same queues by their balance equations, one state after the other: slow, plain, and without a formula."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Balance:
    """The stationary law of calls there; `p_wait`, `p_abandon` and `mean_queue` follow by counting."""

    states: np.ndarray
    agents: int
    erlangs: float
    lasting: float

    @property
    def p_wait(self) -> float:
        return float(self.states[self.agents :].sum())

    @property
    def mean_queue(self) -> float:
        return float(self.states @ np.maximum(np.arange(len(self.states)) - self.agents, 0))

    @property
    def p_abandon(self) -> float:
        return self.mean_queue / self.lasting / self.erlangs


def balance(agents: int, erlangs: float, lasting: float, states: int) -> Balance:
    """Time in handle times; `lasting` is patience ÷ handle time; p(j) × coming = p(j + 1) × leaving."""
    weights = [1.0]
    for j in range(1, states):
        leaving = min(j, agents) + max(j - agents, 0) / lasting
        weights.append(weights[-1] * erlangs / leaving)
        if weights[-1] > 1e200:
            weights = [weight / 1e200 for weight in weights]
    return Balance(np.array(weights) / sum(weights), agents, erlangs, lasting)


def blocking_by_recursion(agents: int, erlangs: float) -> float:
    """1/B(n) = 1 + n/a × 1/B(n − 1)."""
    inverse = 1.0
    for n in range(1, agents + 1):
        inverse = 1 + n / erlangs * inverse
    return 1 / inverse
