"""The ways to send a batch: at each quarter hour of the window that lets it be sent whole, at each rate allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from load.arrivals.curve import calling_share, share_by
from load.arrivals.forecast import MINUTE_S
from load.law import Array
from load.plan.sending import Stretch, sending
from load.plan.surge_plan import DAY_S, Batch, SurgePlan
from load.staffing.offered import QUARTER_S, by_quarter, load_by_minute
from load.timetable.programme import Choice
from load.timetable.quarters import LONGEST_TAIL_S, PER_DAY, Axis

SPREADS_H = (0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 11, 12)
SPREADS_DAYS = (1, 2, 3, 4, 6, 8, 12)
"""Over how many hours, or days of sending, a batch may be spread whose rate is left open (ours)."""
MOST_RATES = 6
LEAST_ERLANGS = 0.02
MOST_DAYS = 40


@dataclass(frozen=True, slots=True)
class _Sent:
    """One batch sent from one second of the day on."""

    stretches: tuple[Stretch, ...]
    load: Array


def choices(grid: Axis, batch: Batch, rates: Sequence[float]) -> tuple[Choice, ...]:
    """All choices for a batch at these rates (messages a second, 0: all at once), the earliest start first."""
    found = (choice for rate in rates for choice in _at_rate(grid, replace(batch, messages_per_s=rate)))
    return tuple(sorted(found, key=lambda choice: (choice.start, choice.until)))


def rates_of(grid: Axis, batch: Batch, allowed: Sequence[float], most_erlangs: float) -> tuple[float, ...]:
    """The rates for a batch: its own. Where that is 0, those allowed; or else the six fastest that bring no more than
    so many erlangs at once, of all at once and spread over hours or days.
    """
    if batch.messages_per_s:
        return (batch.messages_per_s,)
    if allowed:
        return tuple(dict.fromkeys(allowed))
    messages = batch.size * batch.parts
    if not messages:
        return (0.0,)
    day_s = _sending_day_s(grid.plan)
    spreads_s = [hours * 3600 for hours in SPREADS_H if hours * 3600 < day_s]
    spreads_s += [days * day_s for days in SPREADS_DAYS]
    rates = [0.0, *(_rounded_up(messages / spread_s) for spread_s in spreads_s)]
    bearable = [rate for rate in rates if _peak(grid.plan, replace(batch, messages_per_s=rate)) <= most_erlangs]
    return tuple((bearable or rates[-1:])[:MOST_RATES])


def _peak(plan: SurgePlan, batch: Batch) -> float:
    """The most load a batch brings, sent from the first second of a sending day on."""
    second = plan.quiet.until_s if plan.quiet else 0
    at = replace(batch, start=plan.moment(second))
    return float(_load(plan, at, second, sending(plan, at)[-1].until_s).max())


def _rounded_up(rate: float) -> float:
    """To three digits, never slower."""
    unit = 10.0 ** np.floor(np.log10(rate) - 2)
    return float(f"{ceil(rate / unit - 1e-9) * unit:.12g}")


def _at_rate(grid: Axis, batch: Batch) -> Iterator[Choice]:
    sent_from: dict[int, _Sent | None] = {}
    for start in range(grid.first, grid.last):
        time = start % PER_DAY
        if time not in sent_from:
            sent_from[time] = _sent_from(grid.plan, batch, time * QUARTER_S, sent_from)
        sent = sent_from[time]
        if sent is not None:
            lasts_s = sent.stretches[-1].until_s - time * QUARTER_S
            until = start + max(1, ceil(lasts_s / QUARTER_S - 1e-9))
            if start + lasts_s / QUARTER_S <= grid.last + 1e-9:
                yield Choice(start, until, batch.messages_per_s, sent.load)


def _sent_from(plan: SurgePlan, batch: Batch, second: int, known: dict[int, _Sent | None]) -> _Sent | None:
    """Sent from a second of the day; None in quiet hours, and where it would have to pause though it need not."""
    at = replace(batch, start=plan.moment(second))
    stretches = sending(plan, at)
    length_s = sum(one.until_s - one.from_s for one in stretches)
    if stretches[0].from_s != second or (len(stretches) > 1 and length_s <= _sending_day_s(plan)):
        return None
    if len(stretches) == 1:
        alike = next((sent for sent in known.values() if sent is not None and len(sent.stretches) == 1), None)
        if alike is not None:
            return _Sent(stretches, alike.load)
    return _Sent(stretches, _load(plan, at, second, stretches[-1].until_s))


def _sending_day_s(plan: SurgePlan) -> float:
    return DAY_S if plan.quiet is None else (plan.quiet.from_s - plan.quiet.until_s) % DAY_S


def _load(plan: SurgePlan, batch: Batch, second: int, sent_s: float) -> Array:
    """Erlangs by quarter hour from the start on, until nearly nothing is left."""
    tail_s = min(float(batch.callback.delay.quantile_s(0.99999)), LONGEST_TAIL_S)
    length_s = min(sent_s - second + tail_s, MOST_DAYS * DAY_S)
    minutes = ceil(length_s / QUARTER_S + 8) * (QUARTER_S // MINUTE_S)
    edges_s = second + np.arange(minutes + 1, dtype=np.float64) * MINUTE_S
    by = share_by(plan, batch, edges_s)
    by[0] = 0.0  # who calls in the very moment of the start (a delay of 0) belongs to the first minute
    callers = batch.size * calling_share(batch) * np.diff(by)
    load = by_quarter(load_by_minute(callers, plan.call))
    noticed = np.flatnonzero(load >= LEAST_ERLANGS)
    return load[: int(noticed[-1]) + 1] if len(noticed) else load[:1]
