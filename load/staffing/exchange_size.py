"""Lines and menu ports (H2): what the exchange must hold at once with the agents proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from load.law import Array
from load.staffing.needs import HOUR_S, Need
from load.staffing.staffing import Staffed, Staffing
from load.theory.erlang_a import erlang_a
from load.theory.goal import Delay
from load.theory.staffing import lines_needed

HOLDING_S = 180.0
"""Any holding time would do: Erlang B knows only the product of calls and holding time."""


@dataclass(frozen=True, slots=True)
class Size:
    """Erlangs at the peak; how many hold the loss target by Erlang B; the most taken at once in simulation."""

    erlangs: float
    needed: int
    simulated: int | None


@dataclass(frozen=True, slots=True)
class ExchangeSize:
    """Lines of callers in the menu, waiting and talking; ports of callers in the menu, None where there is no menu."""

    lines: Size
    menu_ports: Size | None


def exchange_size(found: Staffing, needs: Mapping[str, Need], loss: float) -> ExchangeSize:
    """What holds a busy tone for `loss` of the callers, at the quarter hour in which most lines are taken."""
    attempts = {brand: found.erlangs[brand] * need.redialled / need.handle_s for brand, need in needs.items()}
    menu_s = found.plan.call.menu.mean_s if found.plan.call.menu else 0.0
    in_menu = np.sum([per_s * menu_s for per_s in attempts.values()], axis=0)
    with_agents = [_with_agents(found.without, brand, need, attempts[brand]) for brand, need in needs.items()]
    taken = in_menu + np.sum(with_agents, axis=0)
    measured = found.without.measured
    return ExchangeSize(
        _size(taken, loss, int(measured.most_lines.max()) if measured else None),
        _size(in_menu, loss, int(measured.most_in_menu.max()) if measured else None) if menu_s else None,
    )


def _size(erlangs: Array, loss: float, simulated: int | None) -> Size:
    peak = float(erlangs.max(initial=0.0))
    return Size(peak, lines_needed(Delay(loss), peak * HOUR_S / HOLDING_S, HOLDING_S), simulated)


def _with_agents(staffed: Staffed, brand: str, need: Need, per_s: Array) -> Array:
    """Callers who wait or talk, on average, in each quarter hour."""
    found = np.zeros(len(per_s))
    for quarter, agents in enumerate(staffed.roster.agents[brand]):
        if agents and per_s[quarter] > 0:
            answer = erlang_a(float(agents), float(per_s[quarter]) * HOUR_S, need.handle_s, need.patience_s)
            wait_s = answer.mean_wait_s if np.isfinite(answer.mean_wait_s) else 0.0
            found[quarter] = per_s[quarter] * (need.handle_s * answer.connection_rate + wait_s)
    return found
