"""The arrival curve (H1): how many callers are expected by when, from batches and ordinary calls, exactly."""

from __future__ import annotations

import numpy as np

from load.law import Array, Law
from load.plan.sending import Stretch, sending
from load.plan.surge_plan import DAY_S, HOURS, Batch, SurgePlan

HOUR_S = 3600


def expected_callers(plan: SurgePlan, brand: str, edges_s: Array) -> Array:
    """How many callers of a brand are expected between one edge and the next (seconds since the plan's begin).

    Shape (len(edges_s) − 1,). Those who withdraw by SMS or web instead are left out; those who redial count once.
    """
    by = background_by(plan, brand, edges_s)
    for batch in plan.batches:
        if batch.brand == brand:
            by = by + batch_by(plan, batch, edges_s)
    return np.diff(by)


def batch_by(plan: SurgePlan, batch: Batch, t_s: Array) -> Array:
    """How many callers a batch is expected to have brought by each time: size × share × P(sent + delay ≤ t).

    Sent evenly from a to b, P = (G(t − a) − G(t − b)) ÷ (b − a) with G(x) = E[(x − delay)⁺]; at once, P = F(t − a).
    """
    return batch.size * calling_share(batch) * share_by(plan, batch, t_s)


def share_by(plan: SurgePlan, batch: Batch, t_s: Array) -> Array:
    """P(sent + delay ≤ t): which share of those a batch makes act has done so by each time."""
    delay = batch.callback.delay
    return np.asarray(sum(one.share * _called_by(one, delay, t_s) for one in sending(plan, batch)), dtype=np.float64)


def calling_share(batch: Batch) -> float:
    """The share of those reminded who call 10086, those who withdraw another way left out."""
    callback = batch.callback
    return callback.share * (1 - callback.instead_sms - callback.instead_web)


def background_by(plan: SurgePlan, brand: str, t_s: Array) -> Array:
    """How many ordinary calls of a brand are expected from the plan's begin until each time (0 before, none after its
    end).
    """
    per_h = plan.background_per_h.get(brand, (0.0,) * HOURS)
    t_s = np.clip(t_s, 0.0, plan.length_s)
    days = int((plan.clock_begins_s + plan.length_s) // DAY_S) + 1
    edges_s = np.arange(days * HOURS + 1) * float(HOUR_S)
    by = np.concatenate(([0.0], np.cumsum(np.tile(per_h, days))))
    begins = plan.clock_begins_s
    return np.asarray(np.interp(begins + t_s, edges_s, by) - np.interp(begins, edges_s, by), dtype=np.float64)


def _called_by(stretch: Stretch, delay: Law, t_s: Array) -> Array:
    if stretch.until_s == stretch.from_s:
        return delay.share_by(t_s - stretch.from_s) * (t_s >= stretch.from_s)
    since = delay.shortfall_s(t_s - stretch.from_s) - delay.shortfall_s(t_s - stretch.until_s)
    return np.asarray(since / (stretch.until_s - stretch.from_s), dtype=np.float64)
