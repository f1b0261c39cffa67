"""A first timetable: each batch in turn as early as it fits. Quick, often as early as can be, but no proof of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from load.law import Array
from load.timetable.programme import Choice, Programme, Task, add, within


@dataclass(slots=True)
class Placed:
    """What is placed so far: the load, and from when until when each brand sends."""

    load: Array
    chosen: dict[int, Choice] = field(default_factory=dict)
    sending: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def earliest_fit(programme: Programme) -> tuple[Choice, ...] | int:
    """One choice for each task; or the place of the first task that fits nowhere."""
    placed = Placed(np.zeros_like(programme.room))
    for place in _turns(programme):
        choice = _first(programme, programme.tasks[place], placed)
        if choice is None:
            return place
        _place(programme, place, choice, placed)
    return tuple(placed.chosen[place] for place in range(len(programme.tasks)))


def _turns(programme: Programme) -> list[int]:
    """Brands in turn, one batch each, so that none takes all spare agents."""
    queues = [programme.of_brand(brand) for brand in range(len(programme.room))]
    longest = max(map(len, queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _first(programme: Programme, task: Task, placed: Placed) -> Choice | None:
    """The choice that is sent first of those that fit."""
    sending = placed.sending.get(task.brand, [])
    after = max((until for _start, until in sending), default=0) if programme.in_order and not programme.overlap else 0
    if programme.in_order and programme.overlap:
        after = max((start for start, _until in sending), default=0)
    for choice in sorted(task.choices, key=lambda one: (one.until, one.start)):
        if choice.start < after or (not programme.overlap and _meets(choice, sending)):
            continue
        end = choice.start + len(choice.load)
        load = placed.load[:, choice.start : end].copy()
        load[task.brand] += choice.load[: load.shape[1]]
        if np.all(within(programme, load, slice(choice.start, end))):
            return choice
    return None


def _meets(choice: Choice, sending: list[tuple[int, int]]) -> bool:
    return any(choice.start < until and start < choice.until for start, until in sending)


def _place(programme: Programme, place: int, choice: Choice, placed: Placed) -> None:
    task = programme.tasks[place]
    add(placed.load[task.brand], choice)
    placed.chosen[place] = choice
    placed.sending.setdefault(task.brand, []).append((choice.start, choice.until))
