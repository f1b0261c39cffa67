"""The days ahead of a plan: what goes out, who will call, how many agents hold the standard, how many sit there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from load.arrivals.curve import expected_callers
from load.arrivals.forecast import MINUTE_S
from load.law import Array
from load.plan.sending import sending
from load.plan.surge_plan import Batch, Desk, SurgePlan
from load.staffing.needs import Need, needs_of
from load.staffing.offered import QUARTER_S, by_quarter, load_by_minute

HOUR_S = 3600
QUARTERS = 96
LOOK_BACK_S = 86_400.0
ERLANG_DIGITS = 3
"""Loads are told apart no finer than this, so that quiet hours are worked out once."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day of one brand: `reminded` subscribers get their message.

    The rest by quarter hour from midnight, 96 of each: callers expected, agents needed to hold the standard, agents who
    sit there. `connection_rate` is the whole day's by Erlang A, quarter hour by quarter hour.
    """

    begins: datetime
    brand: str
    reminded: float
    callers: tuple[float, ...]
    agents_needed: tuple[int, ...]
    agents: tuple[int, ...]
    connection_rate: float

    @property
    def heaviest(self) -> int:
        """The quarter hour in which most agents are missing; where none is, the one that needs most."""
        return max(range(QUARTERS), key=lambda one: (max(0, self._missing(one)), self.agents_needed[one], -one))

    @property
    def heaviest_at(self) -> datetime:
        return self.begins + timedelta(seconds=self.heaviest * QUARTER_S)

    @property
    def short(self) -> int:
        """How many agents are missing in the heaviest quarter hour."""
        return max(0, self._missing(self.heaviest))

    def _missing(self, quarter: int) -> int:
        return self.agents_needed[quarter] - self.agents[quarter]


@dataclass(frozen=True, slots=True)
class BatchAhead:
    """One batch, from the first message to the last, and the callers expected of it."""

    batch: Batch
    begins: datetime
    ends: datetime
    callers: float


def batches_ahead(plan: SurgePlan, begins: datetime, ends: datetime) -> tuple[BatchAhead, ...]:
    """The batches of which messages go out from one moment until another, in the order they begin."""
    found = []
    for batch in plan.batches:
        if batch.start is not None:
            stretches = sending(plan, batch)
            first, last = plan.moment(stretches[0].from_s), plan.moment(stretches[-1].until_s)
            if first < ends and last >= begins:
                found.append(BatchAhead(batch, first, last, batch.size * batch.callback.share))
    return tuple(sorted(found, key=lambda one: (one.begins, one.batch.number, one.batch.brand)))


def days_ahead(plan: SurgePlan, first: date, days: int) -> tuple[DayAhead, ...]:
    """Each brand on each of `days` local days on which callers are expected, the first one first."""
    return tuple(_days(plan, first, days))


def _days(plan: SurgePlan, first: date, days: int) -> Iterator[DayAhead]:
    for offset in range(days):
        day = first + timedelta(days=offset)
        midnight = datetime(day.year, day.month, day.day, tzinfo=plan.zone)
        for desk in plan.desks:
            found = _day(plan, desk, midnight)
            if found is not None:
                yield found


def _day(plan: SurgePlan, desk: Desk, midnight: datetime) -> DayAhead | None:
    edges_s = np.linspace(0.0, QUARTERS * QUARTER_S, QUARTERS + 1) + plan.since_begin_s(midnight)
    callers = expected_callers(plan, desk.brand, edges_s)
    if callers.sum() < 1:
        return None
    need = needs_of(plan)[desk.brand]
    return DayAhead(
        begins=midnight,
        brand=desk.brand,
        reminded=sum(_reminded(plan, batch, edges_s) for batch in plan.batches if batch.brand == desk.brand),
        callers=tuple(callers.tolist()),
        agents_needed=tuple(_needed(need, erlangs) for erlangs in _erlangs(plan, desk.brand, edges_s)),
        agents=_agents(plan, desk, edges_s),
        connection_rate=expected_rate(plan, desk, edges_s),
    )


def expected_rate(plan: SurgePlan, desk: Desk, edges_s: Array) -> float:
    """The connection rate expected of a brand between the first edge and the last, weighted by callers; 1 without any.

    By Erlang A in each quarter hour; edges are seconds since the plan's begin, a quarter hour apart but for the last.
    """
    callers, need = expected_callers(plan, desk.brand, edges_s), needs_of(plan)[desk.brand]
    offered = zip(_erlangs(plan, desk.brand, edges_s), _agents(plan, desk, edges_s), strict=True)
    rates = np.array([_rate(need, erlangs, agents) for erlangs, agents in offered])
    return float((rates * callers).sum() / callers.sum()) if callers.sum() else 1.0


def heaviest_hour(plan: SurgePlan) -> datetime:
    """The hour of the plan in which most callers are expected, of all brands together."""
    edges_s = np.arange(0.0, plan.length_s + HOUR_S, HOUR_S).astype(np.float64)
    callers = sum(expected_callers(plan, brand, edges_s) for brand in plan.brands)
    return plan.moment(float(edges_s[int(np.argmax(callers))]))


def _agents(plan: SurgePlan, desk: Desk, edges_s: Array) -> tuple[int, ...]:
    return tuple(desk.agents_at(plan.second_of_day(edge_s)) for edge_s in edges_s[:-1])


def _erlangs(plan: SurgePlan, brand: str, edges_s: Array) -> list[float]:
    """The offered load of each quarter hour, what was called in the day before included."""
    begins_s, quarters = float(edges_s[0]), len(edges_s) - 1
    minutes_s = np.arange(begins_s - LOOK_BACK_S, begins_s + quarters * QUARTER_S + 1, MINUTE_S).astype(np.float64)
    load = load_by_minute(expected_callers(plan, brand, minutes_s), plan.call)
    found: list[float] = np.round(by_quarter(load)[-quarters:], ERLANG_DIGITS).tolist()
    return found


@lru_cache(maxsize=10_000)
def _needed(need: Need, erlangs: float) -> int:
    return need.agents(erlangs)


@lru_cache(maxsize=10_000)
def _rate(need: Need, erlangs: float, agents: int) -> float:
    return need.connection_rate(agents, erlangs)


def _reminded(plan: SurgePlan, batch: Batch, edges_s: Array) -> float:
    """How many of a batch's subscribers get their message in the day."""
    if batch.start is None:
        return 0.0
    reminded = 0.0
    for one in sending(plan, batch):
        length_s = one.until_s - one.from_s
        inside_s = min(one.until_s, float(edges_s[-1])) - max(one.from_s, float(edges_s[0]))
        at_once = length_s == 0 and bool(edges_s[0] <= one.from_s < edges_s[-1])
        reminded += batch.size * one.share * (float(at_once) if length_s == 0 else max(0.0, inside_s) / length_s)
    return reminded
