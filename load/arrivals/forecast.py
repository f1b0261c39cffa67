"""The forecast (H1): callers expected minute by minute of each brand, and who withdraws by SMS or web instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from load.arrivals.curve import expected_callers, share_by
from load.law import Array
from load.plan.surge_plan import SurgePlan

MINUTE_S = 60


@dataclass(frozen=True, eq=False)
class BrandForecast:
    """What is expected of one brand in each minute since the plan's begin: callers, and withdrawals by SMS and web."""

    callers: Array
    by_sms: Array
    by_web: Array

    @property
    def peak_minute(self) -> int:
        """The first minute in which most callers are expected."""
        return int(np.argmax(self.callers))


@dataclass(frozen=True, eq=False)
class Forecast:
    """The forecast of a plan, by brand in the plan's order. `minutes`: how many of them there are."""

    plan: SurgePlan
    minutes: int
    by_brand: Mapping[str, BrandForecast]

    @property
    def together(self) -> BrandForecast:
        """All brands added up."""
        parts = list(self.by_brand.values())
        return BrandForecast(
            np.sum([part.callers for part in parts], axis=0),
            np.sum([part.by_sms for part in parts], axis=0),
            np.sum([part.by_web for part in parts], axis=0),
        )


def forecast(plan: SurgePlan) -> Forecast:
    """What a plan makes expected, minute by minute until its end. Every batch must have its start."""
    minutes = ceil(plan.length_s / MINUTE_S)
    edges_s = np.minimum(np.arange(minutes + 1) * float(MINUTE_S), plan.length_s)
    return Forecast(plan, minutes, {brand: _of(plan, brand, edges_s) for brand in plan.brands})


def _of(plan: SurgePlan, brand: str, edges_s: Array) -> BrandForecast:
    by_sms, by_web = np.zeros(len(edges_s) - 1), np.zeros(len(edges_s) - 1)
    for batch in plan.batches:
        if batch.brand == brand:
            acted = batch.size * batch.callback.share * np.diff(share_by(plan, batch, edges_s))
            by_sms += batch.callback.instead_sms * acted
            by_web += batch.callback.instead_web * acted
    return BrandForecast(expected_callers(plan, brand, edges_s), by_sms, by_web)
