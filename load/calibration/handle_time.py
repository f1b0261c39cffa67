"""How long agents talk: figures, the law that fits, and how it differs by kind of call and time of day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from load.calibration.call_records import ANSWERED, CallRecords
from load.calibration.estimate import Estimate, mean_of, share_of
from load.calibration.fitting import Fit, fit_laws
from load.calibration.lengths import lengths
from load.law import Array, Law, Lognormal
from load.plan.surge_plan import DAY_S

SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
SHORT_S = 10
"""Brown et al. (2005), §5: agents who hung up to rest showed as a second peak below 10 s."""
PART_H = 3


@dataclass(frozen=True, slots=True)
class Group:
    """The handle time of some of the calls: of one kind, or of some hours of the day."""

    name: str
    mean: Estimate
    median_s: float


@dataclass(frozen=True, slots=True)
class HandleTime:
    """`law` is for the plan; None where no call has a handle time. sd_s: standard deviation. quantiles_s: by share.

    without: answered calls without a length, left out. by_moments: `law` has the records' mean and deviation rather
    than the likeliest parameters.
    """

    mean: Estimate
    sd_s: float
    quantiles_s: Mapping[float, float]
    short: Estimate
    fits: tuple[Fit, ...]
    law: Law | None
    by_moments: bool
    by_kind: tuple[Group, ...]
    by_hours: tuple[Group, ...]
    without: int


def handle_time(records: CallRecords) -> HandleTime:
    """The handle time of the answered calls that have one above 0."""
    answered = records.outcome == ANSWERED
    chosen = records.only(answered & (np.nan_to_num(records.handled_s) > 0))
    values_s, without = chosen.handled_s, int(answered.sum()) - len(chosen)
    if not len(values_s):
        nothing = mean_of(values_s)
        return HandleTime(nothing, 0.0, {}, share_of(0, 0), (), None, False, (), (), without)
    mean, deviation_s = mean_of(values_s), float(values_s.std(ddof=1)) if len(values_s) > 1 else 0.0
    fits = fit_laws(lengths(values_s))
    law, by_moments = _planned(fits, mean, deviation_s)
    return HandleTime(
        mean,
        deviation_s,
        dict(zip(SHARES, np.quantile(values_s, SHARES).tolist(), strict=True)),
        share_of(int((values_s < SHORT_S).sum()), len(values_s)),
        fits,
        law,
        by_moments,
        tuple(_group(kind, values_s[chosen.kind == place]) for place, kind in enumerate(chosen.kinds)
              if (chosen.kind == place).any()),
        _by_hours(chosen),
        without,
    )  # fmt: skip


def _planned(fits: tuple[Fit, ...], mean: Estimate, deviation_s: float) -> tuple[Law, bool]:
    """The law to plan with: agents needed follow from the mean first, so the law keeps the records' mean.

    A lognormal law's likeliest mean may lie far from theirs (very short calls pull its sigma up); then it gets their
    mean and deviation instead.
    """
    best = fits[0].law
    if isinstance(best, Lognormal) and not mean.low <= best.mean_s <= mean.high:
        return Lognormal.with_deviation(mean.value, deviation_s), True
    return best, False


def _by_hours(records: CallRecords) -> tuple[Group, ...]:
    part = (records.at_s % DAY_S // (PART_H * 3600)).astype(np.int64)
    return tuple(
        _group(f"{PART_H * one:02}:00–{PART_H * (one + 1):02}:00", records.handled_s[part == one])
        for one in np.unique(part)
    )


def _group(name: str, values_s: Array) -> Group:
    return Group(name, mean_of(values_s), float(np.median(values_s)))


def observed_s(values_s: Array, most: int = 200) -> tuple[float, ...]:
    """At most `most` lengths that stand for all: the means of groups of equal size, so that the mean is theirs."""
    ordered = np.sort(values_s)
    return tuple(float(group.mean()) for group in np.array_split(ordered, min(most, len(ordered))))
