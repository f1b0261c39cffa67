"""From a plan to programmes: brands that share agents are planned together, each brand else by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from load.law import Array
from load.plan.sending import sending
from load.plan.surge_plan import Batch, SurgePlan
from load.staffing.needs import Need
from load.staffing.offered import QUARTER_S
from load.timetable.choices import choices, rates_of
from load.timetable.programme import Choice, Programme, Spare, Task
from load.timetable.quarters import Axis, agents_by_quarter

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a timetable is wanted. every: also batches that have a start; open_rates: rates may be chosen for all.

    rates: messages a second to choose from (0: at once), empty: at once or spread over hours. more: agents more.
    limit_s: how long the solver may take for one search.
    """

    every: bool = False
    rates: tuple[float, ...] = ()
    open_rates: bool = False
    in_order: bool = True
    overlap: bool = False
    more: int = 0
    limit_s: float = 10.0


@dataclass(frozen=True, eq=False)
class Desks:
    """What every programme of a plan is made from.

    fixed: load that is there anyway, in erlangs by brand and quarter hour. batches: those to place by brand, in order.
    """

    grid: Axis
    needs: Mapping[str, Need]
    fixed: Mapping[str, Array]
    batches: Mapping[str, tuple[Batch, ...]]
    wishes: Wishes
    known: dict[tuple[str, int, tuple[float, ...]], tuple[Choice, ...]] = field(default_factory=dict)

    def agents(self, brand: str) -> Counts:
        """Agents at the desk of a brand in each quarter hour."""
        return agents_by_quarter(self.grid.plan.desk(brand).shifts, self.grid.quarters)

    def capacity(self, brand: str, more: int = 0) -> Array:
        """The largest load, in erlangs by quarter hour, at which the standard holds with `more` agents more."""
        need = self.needs[brand]
        return np.array([need.erlangs(int(agents) + more) for agents in self.agents(brand)])

    def programme(self, brands: Sequence[str], more: int, tightness: Mapping[str, float]) -> Programme:
        """The programme of some brands, each with `more` agents; capacity is taken times the brand's tightness."""
        rooms, per_agent, tasks = [], [], []
        free = self.beside_fixed(more, tightness)[0]
        pools = [(pool, agents) for pool, agents in zip(self.grid.plan.pools, free, strict=True)
                 if set(pool.brands) & set(brands)]  # fmt: skip
        for place, brand in enumerate(brands):
            tight = tightness.get(brand, 1.0)
            capacity = tight * self.capacity(brand, more)
            rooms.append(np.maximum(capacity - self.fixed[brand], 0.0))
            per_agent.append(tight * self.capacity(brand, more + 1) - capacity)
            lent = sum((agents for pool, agents in pools if brand in pool.brands), np.zeros(self.grid.quarters))
            most = float((rooms[-1] + per_agent[-1] * lent).max())
            tasks += [Task(one.number, place, self.choices(one, most)) for one in self.batches[brand]]
        spare = tuple(Spare(frozenset(brands.index(brand) for brand in pool.brands), agents) for pool, agents in pools)
        return Programme(
            tuple(tasks), np.array(rooms), np.array(per_agent), spare, self.wishes.in_order, self.wishes.overlap
        )

    def beside_fixed(self, more: int, tightness: Mapping[str, float]) -> tuple[list[Array], dict[str, Array]]:
        """Agents of each pool whom the load that is there anyway leaves free; those each brand still lacks for it."""
        lacks, free = dict[str, Array](), []
        for brand, load in self.fixed.items():
            capacity = tightness.get(brand, 1.0) * self.capacity(brand, more)
            one_more = tightness.get(brand, 1.0) * self.capacity(brand, more + 1) - capacity
            lacks[brand] = np.maximum(load - capacity, 0.0) / one_more
        for pool in self.grid.plan.pools:
            agents = agents_by_quarter(pool.shifts, self.grid.quarters).astype(np.float64)
            for brand in pool.brands:
                lent = np.minimum(agents, lacks[brand])
                agents, lacks[brand] = agents - lent, lacks[brand] - lent
            free.append(agents)
        return free, lacks

    def choices(self, batch: Batch, most_erlangs: float) -> tuple[Choice, ...]:
        """The ways to send a batch at the rates allowed, where so much load can be taken at most."""
        asked = replace(batch, messages_per_s=0.0) if self.wishes.open_rates else batch
        rates = rates_of(self.grid, asked, self.wishes.rates, most_erlangs)
        key = (batch.brand, batch.number, rates)
        if key not in self.known:
            fixed = self._fixed_sending(batch)
            every = choices(self.grid, asked, rates)
            self.known[key] = tuple(one for one in every if self._beside(fixed, batch.number, one))
        return self.known[key]

    def _beside(self, fixed: Sequence[tuple[int, float, float]], placed: int, choice: Choice) -> bool:
        """Whether a choice for the batch numbered `placed` leaves those that stay their order, and time to be sent."""
        for number, start, until in fixed:
            if not self.wishes.overlap and choice.start < until and start < choice.until:
                return False
            if self.wishes.in_order and number != placed and (number < placed) != (start <= choice.start):
                return False
        return True

    def _fixed_sending(self, batch: Batch) -> list[tuple[int, float, float]]:
        """Of the batches of its kind and brand that stay: number, and from which quarter until which they are sent."""
        found = []
        for one in self.grid.plan.batches:
            if (one.brand, one.callback.kind) == (batch.brand, batch.callback.kind):
                sent = sending(self.grid.plan, one)
                start, until_s = sent[0].from_s / QUARTER_S, max(sent[-1].until_s, sent[0].from_s + 1)
                found.append((one.number, start, until_s / QUARTER_S))
        return found


def together(plan: SurgePlan, batches: Sequence[Batch]) -> list[tuple[str, ...]]:
    """The brands that must be planned together because a pool serves them; only where a batch is to be placed."""
    parts = [{brand} for brand in plan.brands]
    for pool in plan.pools:
        joined = [part for part in parts if part & set(pool.brands)]
        parts = [part for part in parts if part not in joined] + [set().union(*joined)]
    placed = {batch.brand for batch in batches}
    ordered = (tuple(brand for brand in plan.brands if brand in part) for part in parts if part & placed)
    return sorted(ordered, key=lambda part: plan.brands.index(part[0]))
