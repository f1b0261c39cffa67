"""A queue with so many waiting places: lines that can be full, and callers diverted to the self-service."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isinf

import numpy as np
from scipy.special import betainc, betaincc, gammainc, gammaincc

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Array
from load.theory.traffic import checked_agents, checked_patience_s, checked_share, checked_within_s, offered_erlangs
from load.theory.wait_quantile import wait_quantile_s

MOST_PLACES = 1_000_000
RARE = 1e-20
"""States less likely than this are left out of sums over waits."""
_LEAST_PATIENCE = 1e-9


@dataclass(frozen=True, slots=True)
class FiniteQueue:
    """M/M/n/n+k+M. Of all calls, answered + abandoned + diverted + blocked = 1.

    `p_wait`: of all calls, those let into the queue. `states[j]`: P(j calls are there). Waits are of all calls; those
    diverted or turned away wait 0 s.
    """

    agents: int
    places: int
    erlangs: float
    handle_s: float
    patience_s: float
    answered: float
    p_abandon: float
    diverted: float
    blocking: float
    states: Array = field(repr=False, compare=False)
    joining: Array = field(repr=False, compare=False)

    @property
    def p_wait(self) -> float:
        return float(self.joining.sum())

    @property
    def mean_wait_s(self) -> float:
        """Little's law: callers in the queue ÷ calls a second."""
        queue = float(self.states[self.agents :] @ np.arange(self.places + 1))
        return queue * self.handle_s / self.erlangs if self.erlangs else 0.0

    @property
    def utilisation(self) -> float:
        """The share of their time agents are busy."""
        return self.erlangs * self.answered / self.agents

    @property
    def connection_rate(self) -> float:
        """接通率: answered ÷ calls that asked for an agent; who takes the self-service asks for none."""
        return self.answered / (1 - self.diverted) if self.diverted < 1 else 1.0

    def service_level(self, within_s: float) -> float:
        """Calls answered within `within_s` seconds ÷ calls that asked for an agent."""
        waited = float(self.joining @ self._answered_by(checked_within_s(within_s)))
        return min(1.0, (self._at_once + waited) / (1 - self.diverted)) if self.diverted < 1 else 1.0

    def p_wait_over(self, t_s: float) -> float:
        """P(W > t) of all calls, t ≥ 0."""
        ahead, still = np.arange(len(self.joining)) + 1.0, np.exp(-t_s / self._patience_s)
        if isinf(self.patience_s):
            return float(self.joining @ gammaincc(ahead, self.agents * t_s / self.handle_s))
        return float(self.joining @ betaincc(ahead, self._lasting, -np.expm1(-t_s / self._patience_s)) * still)

    def wait_quantile_s(self, share: float) -> float:
        """The wait that `share` of all calls do not exceed."""
        return wait_quantile_s(share, self.p_wait, self.p_wait_over, self.handle_s)

    @property
    def _at_once(self) -> float:
        return float(self.states[: self.agents].sum())

    @property
    def _patience_s(self) -> float:
        return max(self.patience_s, _LEAST_PATIENCE * self.handle_s)

    @property
    def _lasting(self) -> float:
        return self.agents * self._patience_s / self.handle_s

    def _answered_by(self, t_s: float) -> Array:
        """P(answered within t | so many wait ahead).

        V is a sum of exponentials of rates nμ, nμ + θ, …, so exp(−θV) has the beta law with nμ ÷ θ and ahead + 1.
        """
        ahead = np.arange(len(self.joining)) + 1.0
        if isinf(self.patience_s):
            return np.asarray(gammainc(ahead, self.agents * t_s / self.handle_s))
        lasting = self._lasting
        by = betainc(ahead, lasting + 1, -np.expm1(-t_s / self._patience_s))
        return np.asarray(lasting / (lasting + ahead) * by)


def finite_queue(
    agents: int,
    places: int,
    calls_per_h: float,
    handle_s: float,
    patience_s: float,
    divert_from: int | None = None,
    divert_share: float = 1.0,
) -> FiniteQueue:
    """The queue with `places` to wait; who comes when all are taken hears the busy tone (`blocking`).

    With `divert_from`, a share of those who come while at least so many wait takes the self-service instead (H3);
    `divert_from=places` with share 1 sends all who find the queue full there. Raises DialtestError out of bounds.
    Source: the birth–death balance, p(j) λ(j) = p(j + 1) (min(j + 1, n) μ + (j + 1 − n)⁺ θ). With no place it is
    Erlang B; with ever more places Erlang A.
    """
    erlangs = offered_erlangs(calls_per_h, handle_s)
    agents = int(checked_agents(agents))
    _check_places(_("Waiting places"), places, MOST_PLACES)
    checked_patience_s(patience_s)
    diverting = np.zeros(places + 1)
    if divert_from is not None:
        _check_places(_("Callers waiting before any is diverted"), divert_from, places)
        diverting[divert_from:] = divert_share if divert_share == 1 else checked_share(divert_share)
    states = _states(agents, erlangs, diverting, max(patience_s / handle_s, _LEAST_PATIENCE))
    full = states[agents:]
    diverted, blocking = float(full @ diverting), float(full[-1] * (1 - diverting[-1]))
    joining = (full * (1 - diverting))[:-1]
    joining = joining[: int(np.flatnonzero(joining > RARE)[-1]) + 1 if (joining > RARE).any() else 0]
    lasting = max(patience_s, _LEAST_PATIENCE * handle_s)
    abandoned = float(full @ np.arange(places + 1)) * handle_s / lasting / erlangs if erlangs else 0.0
    in_hand = float(states @ np.minimum(np.arange(len(states)), agents))
    answered = min(1.0, in_hand / erlangs) if erlangs else 1.0
    return FiniteQueue(
        agents, places, erlangs, handle_s, patience_s, answered, abandoned, diverted, blocking, states, joining
    )


def _check_places(what: str, found: int, most: int) -> None:
    if not 0 <= found <= most:
        words = _("{what}: {found} was found; a number from {least} to {most} is expected.")
        raise DialtestError(words.format(what=what, found=found, least=0, most=most))


def _states(agents: int, erlangs: float, diverting: Array, lasting: float) -> Array:
    """The stationary law of the number of calls there; logarithms first, so that no product overflows."""
    if not erlangs:
        return np.eye(1, agents + len(diverting)).ravel()
    there = np.arange(1.0, agents + len(diverting))
    leaving = np.minimum(there, agents) + np.maximum(there - agents, 0) / lasting
    coming = np.concatenate((np.full(agents, erlangs), erlangs * (1 - diverting[:-1])))
    with np.errstate(divide="ignore"):
        logs = np.concatenate(([0.0], np.cumsum(np.log(coming / leaving))))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())
