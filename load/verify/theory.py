"""What theory says of a plan (the forward equations of M_t/M/n_t+M), and which plans it can say anything of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, inf

import numpy as np

from dialtest.language import _
from load.arrivals.curve import expected_callers
from load.law import Exponential, Never
from load.plan.surge_plan import Desk, SurgePlan
from load.theory.transient import TransientErlangA, transient_erlang_a

STEP_S = 30.0
DRAINED_AFTER_S = 7200.0
MOST_STEPS = 40_000


def out_of_reach(plan: SurgePlan) -> str:
    """Why theory has no exact answer for a plan; empty where it has one."""
    return next(iter(_reasons(plan)), "")


def _reasons(plan: SurgePlan) -> Iterator[str]:
    call = plan.call
    if not isinstance(call.handle, Exponential) or not isinstance(call.patience, (Exponential, Never)):
        yield _("handle time and patience must be exponential")
    if call.redial.share:
        yield _("callers redial")
    if plan.emergency is not None:
        yield _("the emergency flow diverts callers")
    if plan.pools:
        yield _("pools serve several brands")
    if call.menu is not None or plan.lines.lines is not None or plan.lines.menu_ports is not None:
        yield _("menu and lines change who gets through")
    if plan.length_s / STEP_S > MOST_STEPS:
        yield _("the plan is too long to follow it step by step")


def theory_of(plan: SurgePlan) -> Mapping[str, TransientErlangA]:
    """The answer for each brand; none where `out_of_reach` says why."""
    if out_of_reach(plan):
        return {}
    return {desk.brand: _of(plan, desk) for desk in plan.desks}


def _of(plan: SurgePlan, desk: Desk) -> TransientErlangA:
    """From an empty hotline until everybody is gone. Steps of half a minute: mean rates within them, so the curve's
    area is exact; agents who go off shift end the call at hand first, as they do in the simulation.
    """
    steps = ceil(plan.length_s / STEP_S)
    arrival_edges_s = np.minimum(np.arange(steps + 1) * STEP_S, plan.length_s)
    after_s = plan.length_s + np.arange(1, int(DRAINED_AFTER_S / STEP_S) + 1) * STEP_S
    edges_s = np.concatenate((arrival_edges_s, after_s)).astype(np.float64)
    callers = expected_callers(plan, desk.brand, arrival_edges_s.astype(np.float64))
    arrivals_per_s = np.concatenate((callers / np.diff(arrival_edges_s), np.zeros(len(after_s))))
    agents = [float(desk.agents_at(plan.second_of_day(edge_s))) for edge_s in edges_s[:-1]]
    patience_s = inf if isinstance(plan.call.patience, Never) else plan.call.patience.mean_s
    return transient_erlang_a(edges_s, arrivals_per_s, agents, plan.call.handle.mean_s, patience_s)
