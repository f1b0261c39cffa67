"""The timetable as a problem of numbers: choices for each batch, room in each quarter hour. No plan, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from load.law import Array

EASE = 1e-6
"""Erlangs by which room may be exceeded: rounding of the solver."""


@dataclass(frozen=True, eq=False)
class Choice:
    """One way to send a batch: in which quarter it starts, and in which it no longer sends (always later).

    `load`: erlangs it brings in each quarter hour from the one it starts in. `messages_per_s`: 0 for all at once.
    """

    start: int
    until: int
    messages_per_s: float
    load: Array


@dataclass(frozen=True, eq=False)
class Task:
    """A batch to be placed: `brand` is an index into the programme's brands. `choices`: earliest start first."""

    number: int
    brand: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, eq=False)
class Spare:
    """Agents who may take load of several brands: how many there are in each quarter hour."""

    brands: frozenset[int]
    agents: Array


@dataclass(frozen=True, eq=False)
class Programme:
    """Tasks of brands that share agents; in each brand in the order in which they must go out.

    room: erlangs left in each quarter hour, shape (brands, quarters), never negative. per_agent: erlangs one agent more
    takes, same shape. spare: agents beside the desks. in_order: a batch starts when the one before it is sent, or
    later; else batches of one brand may change places, but not be sent at the same time unless `overlap`.
    """

    tasks: tuple[Task, ...]
    room: Array
    per_agent: Array
    spare: tuple[Spare, ...] = ()
    in_order: bool = True
    overlap: bool = False
    quarters: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "quarters", self.room.shape[1])

    def of_brand(self, brand: int) -> list[int]:
        """Which tasks are a brand's, in order."""
        return [place for place, task in enumerate(self.tasks) if task.brand == brand]


def load_of(programme: Programme, chosen: Sequence[Choice | None]) -> Array:
    """The load of the chosen batches, shape (brands, quarters)."""
    load = np.zeros_like(programme.room)
    for task, choice in zip(programme.tasks, chosen, strict=True):
        if choice is not None:
            add(load[task.brand], choice)
    return load


def add(row: Array, choice: Choice) -> None:
    """Add a choice's load to a brand's row; what comes after the last quarter is nobody's."""
    part = row[choice.start : choice.start + len(choice.load)]
    part += choice.load[: len(part)]


def fits(programme: Programme, load: Array, begin: int = 0, end: int | None = None) -> bool:
    """Whether the desks, and the spare agents where these are not enough, can take a load."""
    return bool(np.all(within(programme, load[:, begin:end], slice(begin, end))))


def within(programme: Programme, load: Array, quarters: slice) -> npt.NDArray[np.bool_]:
    """For each of some quarter hours, whether the load can be taken.

    By Hall's theorem spare agents suffice when for each group of brands the agents the group lacks are no more than the
    spare agents who serve any of it.
    """
    lacking = np.maximum(load - programme.room[:, quarters] - EASE, 0.0) / programme.per_agent[:, quarters]
    held = np.ones(lacking.shape[1], dtype=np.bool_)
    for group in groups(programme):
        held &= lacking[list(group)].sum(axis=0) <= serving(programme, group)[quarters] + EASE
    return held


def groups(programme: Programme) -> list[tuple[int, ...]]:
    """Every group of brands whose lack must be looked at together: each alone, and all sets where spare is shared."""
    brands = range(len(programme.room))
    if not programme.spare:
        return [(brand,) for brand in brands]
    return [tuple(b for b in brands if bits >> b & 1) for bits in range(1, 2 ** len(programme.room))]


def serving(programme: Programme, group: tuple[int, ...]) -> Array:
    """How many spare agents serve any brand of a group, in each quarter hour."""
    agents = np.zeros(programme.quarters)
    for spare in programme.spare:
        if spare.brands & set(group):
            agents = agents + spare.agents
    return agents


def ends(chosen: Sequence[Choice]) -> int:
    """When the last batch is sent."""
    return max((choice.until for choice in chosen), default=0)
