"""Agents against load while the emergency flow is on (H3): some who must wait take the self-service instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, isinf, sqrt

from load.plan.surge_plan import SurgePlan
from load.staffing.needs import HALVINGS, HOUR_S, Need
from load.theory.finite_queue import FiniteQueue, finite_queue
from load.theory.goal import ServiceLevel


@dataclass(frozen=True, slots=True)
class FlowNeed:
    """A brand's need with the flow always on: fewer agents than it takes in truth, as the flow goes off in between."""

    need: Need
    self_service_share: float

    def erlangs(self, agents: int) -> float:
        """The largest load of callers at which so many agents hold the goal, as `Need.erlangs`."""
        return _capacity(self, agents) if agents else 0.0

    def held(self, agents: int, erlangs: float) -> bool:
        """Whether the goal holds at a load of so many attempts' erlangs; who takes the self-service asks for nobody."""
        need = self.need
        waiting = erlangs * need.patience_s / need.handle_s
        places = ceil(waiting + 8 * sqrt(waiting) + 20)
        queue = finite_queue(agents, places, erlangs * HOUR_S / need.handle_s, need.handle_s, need.patience_s,
                             divert_from=0, divert_share=self.self_service_share)  # fmt: skip
        return _reached(queue, need)


def flow_needs(plan: SurgePlan, needs: dict[str, Need]) -> dict[str, Need | FlowNeed]:
    """The needs of a plan's brands while its flow is on; without a flow, or where nobody gives up, as they are."""
    share = plan.emergency.self_service_share if plan.emergency else 0.0
    return {
        brand: FlowNeed(need, min(share, 0.999)) if share and not isinf(need.patience_s) else need
        for brand, need in needs.items()
    }


def _reached(queue: FiniteQueue, need: Need) -> bool:
    goal = need.goal
    if isinstance(goal, ServiceLevel):
        return queue.service_level(goal.within_s) >= goal.share
    return queue.connection_rate >= 1 - need.lost


@lru_cache(maxsize=100_000)
def _capacity(flow: FlowNeed, agents: int) -> float:
    low, high = 0.0, 20.0 * agents / max(1 - flow.need.lost, 0.05) / (1 - flow.self_service_share)
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if flow.held(agents, middle) else (low, middle)
    return low / flow.need.redialled
