"""The shape of ordinary calls beside those a batch brings: by hour of the day where quiet days show it, else level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from load.calibration.sent_batches import SentBatch
from load.law import Array
from load.plan.surge_plan import DAY_S, HOURS

HOUR_S = 3600
QUIET_AFTER_S = float(DAY_S)
"""A day after a batch went out its callers are few enough to see the ordinary ones (ours)."""

Basis = Literal["hours", "plan", "level", "none"]


@dataclass(frozen=True, slots=True)
class Background:
    """`shapes`: (bins, streams), ordinary calls expected of a strength of 1 an hour; `hours` names the hour of each
    stream. basis: `hours`, a rate of its own for each hour of the day; `plan`, the plan's rates times one factor;
    `level`, one rate; `none`, where records name their batch.
    """

    basis: Basis
    shapes: Array
    hours: tuple[int, ...]


def background_of(edges_s: Array, batches: Sequence[SentBatch], per_h: Sequence[float]) -> Background:
    """`per_h`: the plan's ordinary calls by hour of the day; empty where there is no plan."""
    middle_s = (edges_s[:-1] + edges_s[1:]) / 2
    length_h = np.diff(edges_s) / HOUR_S
    hour = (middle_s % DAY_S // HOUR_S).astype(np.int64)
    quiet = np.ones(len(middle_s), bool)
    for batch in batches:
        quiet &= (middle_s < batch.from_s) | (middle_s > batch.until_s + QUIET_AFTER_S)
    hours = np.unique(hour)
    if quiet.any() and np.isin(hours, hour[quiet]).all():
        return Background("hours", (hour[:, None] == hours[None, :]) * length_h[:, None], tuple(hours.tolist()))
    if len(per_h) == HOURS and max(per_h) > 0:
        return Background("plan", (np.asarray(per_h)[hour] * length_h)[:, None], ())
    return Background("level", length_h[:, None], ())
