"""The earliest timetable of some brands, or how many agents they are short of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from load.law import Array
from load.timetable.desks import Desks
from load.timetable.earliest_fit import earliest_fit
from load.timetable.programme import Choice, Programme, ends, load_of
from load.timetable.quarters import PER_DAY
from load.timetable.solver import solve

MOST_MORE = 20_000


@dataclass(frozen=True, eq=False)
class Found:
    """A choice for each task of `programme`; `proved`: none ends earlier."""

    programme: Programme
    chosen: tuple[Choice, ...]
    proved: bool


@dataclass(frozen=True, slots=True)
class Short:
    """On one day a brand lacks agents, most in quarter hour `quarter` of the axis."""

    brand: str
    day: int
    agents: int
    quarter: int


@dataclass(frozen=True, eq=False)
class Lacking:
    """No timetable fits. With `more` agents more at each of `brands` one would; with fewer none does, where `proved`.

    more None: however many agents there are, the time to send is too short. first: the number of the first batch that
    found no place. shorts: where a timetable with these agents needs them.
    """

    brands: tuple[str, ...]
    first: int
    more: int | None
    proved: bool
    shorts: tuple[Short, ...] = ()


def search(desks: Desks, brands: tuple[str, ...], tightness: Mapping[str, float]) -> Found | Lacking:
    """A timetable that ends as early as can be; the solver proves or betters the quick one, as far as time allows."""
    programme = desks.programme(brands, desks.wishes.more, tightness)
    first = earliest_fit(programme)
    before = desks.grid.last + 1 if isinstance(first, int) else ends(first)
    answer = solve(programme, before, desks.wishes.limit_s)
    if answer.verdict == "found":
        return Found(programme, answer.chosen, answer.earliest)
    impossible = answer.verdict == "impossible"
    if isinstance(first, int):
        return _lacking(desks, brands, tightness, programme.tasks[first].number, impossible)
    return Found(programme, first, proved=impossible)


def _lacking(
    desks: Desks, brands: tuple[str, ...], tightness: Mapping[str, float], first: int, proved: bool
) -> Lacking:
    """The least number of agents more: by doubling until the quick way finds a timetable, then exactly by halves."""
    high = 1
    while (chosen := _with(desks, brands, tightness, high, exactly=False)[0]) is None:
        high *= 2
        if high > MOST_MORE:
            return Lacking(brands, first, None, proved=True)
    low, best = 0, chosen
    while high - low > 1:
        middle = (low + high) // 2
        chosen, impossible = _with(desks, brands, tightness, middle, exactly=True)
        if chosen is None:
            low, proved = middle, impossible
        else:
            high, best = middle, chosen
    return Lacking(brands, first, high, proved, _shorts(desks, brands, tightness, best, high))


def _with(
    desks: Desks, brands: tuple[str, ...], tightness: Mapping[str, float], more: int, exactly: bool
) -> tuple[tuple[Choice, ...] | None, bool]:
    """A timetable with so many agents more; if there is none, whether that is proved."""
    programme = desks.programme(brands, desks.wishes.more + more, tightness)
    first = earliest_fit(programme)
    if not isinstance(first, int):
        return first, False
    if not exactly:
        return None, False
    answer = solve(programme, desks.grid.last + 1, desks.wishes.limit_s)
    return (answer.chosen, False) if answer.verdict == "found" else (None, answer.verdict == "impossible")


def _shorts(
    desks: Desks, brands: tuple[str, ...], tightness: Mapping[str, float], chosen: tuple[Choice, ...], most: int
) -> tuple[Short, ...]:
    """For each brand and day, the agents that timetable needs beyond those at the desk; what is more, a pool has."""
    load = load_of(desks.programme(brands, 0, tightness), chosen)
    return tuple(
        replace(short, agents=min(short.agents, most))
        for place, brand in enumerate(brands)
        for short in missing(desks, brand, load[place] + desks.fixed[brand], load[place] > 0, tightness.get(brand, 1.0))
    )


def missing(desks: Desks, brand: str, load: Array, where: npt.NDArray[np.bool_], tight: float) -> list[Short]:
    """The agents a load needs beyond those at a brand's desk, by day; only quarter hours `where` it is asked."""
    agents, need = desks.agents(brand), desks.needs[brand]
    over = np.flatnonzero((load > tight * desks.capacity(brand) + 1e-6) & where)
    lacks = {int(quarter): need.agents(load[quarter] / tight) - int(agents[quarter]) for quarter in over}
    found = []
    for day in sorted({quarter // PER_DAY for quarter in lacks}):
        worst = max((quarter for quarter in lacks if quarter // PER_DAY == day), key=lambda quarter: lacks[quarter])
        if lacks[worst] > 0:
            found.append(Short(brand, day, lacks[worst], worst))
    return found
