"""A timetable for a plan's batches: proposed by theory, checked by simulation, tightened until the standard holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from dialtest.errors import DialtestError
from dialtest.language import _
from load.arrivals.curve import calling_share
from load.law import Array
from load.plan.horizon import until_all_called
from load.plan.sending import sending
from load.plan.surge_plan import Batch, SurgePlan
from load.staffing.measured import Measured, measure
from load.staffing.needs import Need
from load.timetable.desks import Desks, Wishes, together
from load.timetable.programme import Choice, load_of
from load.timetable.quarters import PER_DAY, Axis, axis, fixed_load
from load.timetable.search import Found, Lacking, Short, missing, search

MOST_ROUNDS = 5
TIGHTER = 0.97
ALLOWED = 0.005
"""A simulated quarter hour may be so much below the standard before it counts as missed: chance, and rounding."""
LEAST_ASKED = 5.0
OnDone = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One placed batch. predicted: connection rate of its callers by theory; simulated: by simulation, None unasked."""

    batch: Batch
    begins: datetime
    sent: datetime
    callers: float
    predicted: float
    simulated: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A quarter hour in which the simulated rate is below the standard; `placed`: whether a placed batch calls then."""

    brand: str
    begins: datetime
    rate: float
    standard: float
    placed: bool


@dataclass(frozen=True, eq=False)
class Timetable:
    """What was found, with `more` agents more. `plan`: with every start filled in, None where something is lacking.

    before: where the standard is missed with the agents there are even if no batch is placed. load, fixed, capacity:
    erlangs by brand and quarter hour of `grid`; fixed is what there is without the placed batches. tightness: below 1
    where simulation asked for reserve.
    """

    grid: Axis
    batches: Mapping[str, tuple[Batch, ...]]
    more: int
    plan: SurgePlan | None
    rows: tuple[Row, ...]
    lacking: tuple[Lacking, ...]
    before: tuple[Short, ...]
    misses: tuple[Miss, ...]
    proved: bool
    rounds: int
    tightness: Mapping[str, float]
    load: Mapping[str, Array]
    fixed: Mapping[str, Array]
    capacity: Mapping[str, Array]
    measured: Measured | None = field(default=None)

    @property
    def sent(self) -> datetime | None:
        """When the last batch is sent."""
        return max((row.sent for row in self.rows), default=None)


def moved_batches(plan: SurgePlan, every: bool) -> tuple[Batch, ...]:
    """Which batches are placed: those without a start; `every`: all of existing subscribers (T8), whose day is free."""
    return tuple(
        batch for batch in plan.batches if batch.start is None or (every and batch.callback.kind == "existing")
    )


def desks_of(plan: SurgePlan, needs: Mapping[str, Need], wishes: Wishes) -> Desks:
    """The plan made ready for the search. Raises DialtestError where nothing is to be placed, or no window known."""
    moved = moved_batches(plan, wishes.every)
    if not moved:
        raise DialtestError(
            _("Every batch of the plan “{name}” has a start.").format(name=plan.name),
            _("Remove `start` where one is to be proposed, or use --all."),
        )
    if plan.window is None:
        raise DialtestError(
            _("The plan “{name}” has no window to plan in.").format(name=plan.name),
            _("Add [window] with `begins` and `ends`."),
        )
    fixed = tuple(batch for batch in plan.batches if batch not in moved)
    grid = axis(plan, plan.window, moved, fixed)
    ordered = sorted(moved, key=lambda batch: batch.number)
    batches = {brand: tuple(batch for batch in ordered if batch.brand == brand) for brand in plan.brands}
    load = {brand: fixed_load(grid, brand) for brand in plan.brands}
    return Desks(grid, needs, load, batches, wishes)


def propose(
    plan: SurgePlan, needs: Mapping[str, Need], wishes: Wishes, replications: int, seed: int,
    on_done: OnDone | None = None,
) -> Timetable:  # fmt: skip
    """The earliest timetable that holds the standard of each quarter hour, by theory and then by simulation.

    replications 0: by theory alone. The simulation has no emergency flow: the standard must hold without it. Where it
    does not, the capacity of that brand is taken 3 % less and the search is made again, five times at most.
    """
    desks, tightness = desks_of(plan, needs, wishes), dict[str, float]()
    table = searched(desks, tightness)
    for turn in range(1, MOST_ROUNDS + 1 if replications else 1):
        if table.plan is None:
            break
        table = replace(checked(desks, table, replications, seed, on_done), rounds=turn)
        missed = {miss.brand for miss in table.misses if miss.placed}
        if not missed or turn == MOST_ROUNDS:
            break
        tightness |= {brand: tightness.get(brand, 1.0) * TIGHTER for brand in missed}
        table = searched(desks, tightness)
    return table


def searched(desks: Desks, tightness: Mapping[str, float]) -> Timetable:
    """The timetable by theory, or what is lacking for one."""
    brands_of = together(desks.grid.plan, [batch for ours in desks.batches.values() for batch in ours])
    found = [search(desks, brands, tightness) for brands in brands_of]
    load = {brand: fixed.copy() for brand, fixed in desks.fixed.items()}
    placed: list[tuple[Batch, Choice]] = []
    for brands, one in zip(brands_of, found, strict=True):
        if isinstance(one, Found):
            for brand, row in zip(brands, load_of(one.programme, one.chosen), strict=True):
                load[brand] = load[brand] + row
            placed += zip((batch for brand in brands for batch in desks.batches[brand]), one.chosen, strict=True)
    lacking = tuple(one for one in found if isinstance(one, Lacking))
    capacity = {brand: desks.capacity(brand, desks.wishes.more) for brand in desks.grid.plan.brands}
    return Timetable(
        grid=desks.grid,
        batches=desks.batches,
        more=desks.wishes.more,
        plan=None if lacking else _filled(desks.grid, placed),
        rows=tuple(_row(desks, batch, choice, load[batch.brand]) for batch, choice in placed),
        lacking=lacking,
        before=tuple(_before(desks)),
        misses=(),
        proved=all(one.proved for one in found),
        rounds=0,
        tightness=dict(tightness),
        load=load,
        fixed=desks.fixed,
        capacity=capacity,
    )


def _filled(grid: Axis, placed: Sequence[tuple[Batch, Choice]]) -> SurgePlan:
    """The plan with every batch at its place."""
    batches = [*grid.plan.batches, *(_at(grid, batch, choice) for batch, choice in placed)]
    batches.sort(key=lambda batch: (batch.number, grid.plan.brands.index(batch.brand)))
    return until_all_called(replace(grid.plan, batches=tuple(batches)))


def _at(grid: Axis, batch: Batch, choice: Choice) -> Batch:
    return replace(batch, start=grid.moment(choice.start), messages_per_s=choice.messages_per_s)


def _row(desks: Desks, batch: Batch, choice: Choice, load: Array) -> Row:
    grid, placed = desks.grid, _at(desks.grid, batch, choice)
    sent_s = sending(replace(grid.plan, batches=(placed,)), placed)[-1].until_s
    quarters = np.arange(choice.start, min(choice.start + len(choice.load), grid.quarters))
    rates = [_rate(desks, batch.brand, int(quarter), load[quarter]) for quarter in quarters]
    predicted = float(np.average(rates, weights=choice.load[: len(quarters)] + 1e-9))
    return Row(
        placed, grid.moment(choice.start), grid.plan.moment(sent_s), placed.size * calling_share(placed), predicted
    )


def _rate(desks: Desks, brand: str, quarter: int, load: float) -> float:
    """The connection rate by theory; what the desk cannot take at the standard, spare agents take at it."""
    need, agents = desks.needs[brand], int(desks.agents(brand)[quarter])
    return need.connection_rate(max(agents, need.agents(load) if load > need.erlangs(agents) else agents), load)


def _before(desks: Desks) -> list[Short]:
    """Where the load that is there anyway is too much already, pools included."""
    grid, found = desks.grid, list[Short]()
    lacks = desks.beside_fixed(desks.wishes.more, {})[1]
    for brand in grid.plan.brands:
        inside = lacks[brand] > 1e-6
        inside[: grid.first] = inside[grid.last :] = False
        found += missing(desks, brand, desks.fixed[brand], inside, 1.0)
    return found


def checked(desks: Desks, table: Timetable, replications: int, seed: int, on_done: OnDone | None) -> Timetable:
    """The timetable with simulated rates, and the quarter hours in which they are below the standard."""
    assert table.plan is not None  # noqa: S101 - the caller has looked
    grid = table.grid
    last = max(grid.first + 1, *(_last_noticed(desks, table, brand) for brand in grid.plan.brands))
    days = min(row.begins for row in table.rows).date() - grid.moment(0).date()
    first = days // timedelta(days=1) * PER_DAY
    plan = replace(table.plan, emergency=None).between(grid.moment(first), grid.moment(last))
    measured = measure(plan, replications, seed, on_done=on_done)
    places = {(batch.number, batch.brand): place for place, batch in enumerate(plan.batches)}
    rates = measured.by_batch
    rows = tuple(
        replace(row, simulated=(float(rates.rate[place]), float(rates.low[place]), float(rates.high[place])))
        for row in table.rows
        for place in (places[row.batch.number, row.batch.brand],)
    )
    return replace(table, rows=rows, measured=measured, misses=tuple(_misses(desks, table, measured, first)))


def _last_noticed(desks: Desks, table: Timetable, brand: str) -> int:
    """The quarter hour after the last in which a placed batch brings load."""
    extra = np.flatnonzero(table.load[brand] - desks.fixed[brand] > 0)
    return int(extra[-1]) + 2 if len(extra) else 0


def _misses(desks: Desks, table: Timetable, measured: Measured, first: int) -> list[Miss]:
    """Quarter hours whose whole interval is below the standard."""
    found, rates = [], measured.by_quarter
    for place, desk in enumerate(desks.grid.plan.desks):
        asked = rates.asked[:, place].mean(axis=0)
        low = (rates.high[place] < desk.standard) & (rates.rate[place] < desk.standard - ALLOWED)
        for quarter in np.flatnonzero(low & (asked >= LEAST_ASKED)):
            at = first + int(quarter)
            placed = bool(table.load[desk.brand][at] > desks.fixed[desk.brand][at])
            rate = float(rates.rate[place][quarter])
            found.append(Miss(desk.brand, desks.grid.moment(at), rate, desk.standard, placed))
    return found
