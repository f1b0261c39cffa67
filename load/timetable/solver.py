"""The earliest timetable as a mixed-integer programme, solved exactly by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from load.timetable.programme import EASE, Choice, Programme, groups, serving
from load.timetable.rows import Indices, Rows

Verdict = Literal["found", "impossible", "out_of_time"]
INFEASIBLE = 2
LAST_QUARTER = 0.9
"""A gap of less than one quarter hour is none."""


@dataclass(frozen=True, eq=False)
class Answer:
    """`found`: a timetable, `earliest` where none ends earlier; `impossible`: there is none, which is proved;
    `out_of_time`: nothing was settled.
    """

    verdict: Verdict
    chosen: tuple[Choice, ...] = ()
    earliest: bool = False


def solve(programme: Programme, before: int, limit_s: float) -> Answer:
    """A timetable whose last batch is sent before quarter `before`, as early as can be; the search takes `limit_s`.

    Binary x: a choice is taken. In each quarter hour the load chosen is no more than the room and what spare agents
    take; each brand sends one batch at a time; in order, a batch starts by t only where the one before is sent by t.
    """
    tasks = windows(programme, before)
    if not all(tasks):
        return Answer("impossible")
    model = Rows()
    small = 1.0 / (programme.quarters * len(tasks))
    taken = [model.columns([small * choice.until for choice in choices], whole=True) for choices in tasks]
    _one_choice_each(model, tasks, taken)
    _room(model, programme, tasks, taken)
    if not programme.overlap:
        _one_at_a_time(model, programme, tasks, taken)
    if programme.in_order:
        _in_order(model, programme, tasks, taken)
    return _answer(model, tasks, taken, before, limit_s)


def windows(programme: Programme, before: int) -> list[list[Choice]]:
    """For each task the choices that fit alone, and leave those before and after it in its brand the time they need."""
    alone = [[choice for choice in task.choices if choice.until < before and _fits_alone(programme, task.brand, choice)]
             for task in programme.tasks]  # fmt: skip
    if not programme.in_order or programme.overlap:
        return alone
    for brand in range(len(programme.room)):
        places = programme.of_brand(brand)
        sent, starts = 0, before
        for place in places:
            alone[place] = [choice for choice in alone[place] if choice.start >= sent]
            sent = min((choice.until for choice in alone[place]), default=before)
        for place in reversed(places):
            alone[place] = [choice for choice in alone[place] if choice.until <= starts]
            starts = max((choice.start for choice in alone[place]), default=0)
    return alone


def _fits_alone(programme: Programme, brand: int, choice: Choice) -> bool:
    part = slice(choice.start, choice.start + len(choice.load))
    most = programme.room[brand, part] + programme.per_agent[brand, part] * serving(programme, (brand,))[part]
    return bool(np.all(choice.load[: len(most)] <= most + EASE))


def _one_choice_each(model: Rows, tasks: Sequence[Sequence[Choice]], taken: Sequence[Indices]) -> None:
    """One choice a task, and the time by which all are sent, which is what counts."""
    last = model.columns([1.0], whole=False)
    for choices, columns in zip(tasks, taken, strict=True):
        model.put(model.rows(1, 1.0, 1.0), columns, 1.0)
        sent = model.rows(1, -np.inf, 0.0)
        model.put(sent, columns, np.array([float(choice.until) for choice in choices]))
        model.put(sent, last, -1.0)


def _room(model: Rows, programme: Programme, tasks: Sequence[Sequence[Choice]], taken: Sequence[Indices]) -> None:
    lent: list[Indices] = []
    for brand, room in enumerate(programme.room):
        rows = model.rows(len(room), -np.inf, room)
        for place in programme.of_brand(brand):
            for choice, column in zip(tasks[place], taken[place], strict=True):
                part = rows[choice.start : choice.start + len(choice.load)]
                model.put(part, np.array([column]), choice.load[: len(part)])
        if programme.spare:
            lent.append(model.columns(np.zeros(len(room)), whole=False))
            model.put(rows, lent[brand], -programme.per_agent[brand])
    for group in groups(programme) if programme.spare else ():
        shared = model.rows(programme.quarters, -np.inf, serving(programme, group))
        for brand in group:
            model.put(shared, lent[brand], 1.0)


def _one_at_a_time(
    model: Rows, programme: Programme, tasks: Sequence[Sequence[Choice]], taken: Sequence[Indices]
) -> None:
    for brand in range(len(programme.room)):
        rows = model.rows(programme.quarters, -np.inf, 1.0)
        for place in programme.of_brand(brand):
            for choice, column in zip(tasks[place], taken[place], strict=True):
                model.put(rows[choice.start : choice.until], np.array([column]), 1.0)


def _in_order(model: Rows, programme: Programme, tasks: Sequence[Sequence[Choice]], taken: Sequence[Indices]) -> None:
    """started(i + 1, t) ≤ sent(i, t), or started(i, t) where they may overlap; both counted up quarter by quarter."""
    for brand in range(len(programme.room)):
        places = programme.of_brand(brand)
        for before, after in pairwise(places):
            by = [choice.start if programme.overlap else choice.until for choice in tasks[before]]
            ready = _by_quarter(model, programme.quarters, by, taken[before])
            started = _by_quarter(model, programme.quarters, [choice.start for choice in tasks[after]], taken[after])
            rows = model.rows(programme.quarters, -np.inf, 0.0)
            model.put(rows, started, 1.0)
            model.put(rows, ready, -1.0)


def _by_quarter(model: Rows, quarters: int, when: Sequence[int], taken: Indices) -> Indices:
    """Columns that say, for each quarter, whether a task's moment lies in it or before."""
    by = model.columns(np.zeros(quarters), whole=False)
    rows = model.rows(quarters, 0.0, 0.0)
    model.put(rows, by, 1.0)
    model.put(rows[1:], by[:-1], -1.0)
    model.put(rows[np.minimum(np.array(when, dtype=np.int64), quarters - 1)], taken, -1.0)
    return by


def _answer(
    model: Rows, tasks: Sequence[Sequence[Choice]], taken: Sequence[Indices], before: int, limit_s: float
) -> Answer:
    result = model.solved(limit_s, gap=LAST_QUARTER / max(before, 1))
    if result.x is None:
        return Answer("impossible" if result.status == INFEASIBLE else "out_of_time")
    chosen = tuple(
        choices[int(np.argmax(np.asarray(result.x)[columns]))] for choices, columns in zip(tasks, taken, strict=True)
    )
    return Answer("found", chosen, earliest=result.status == 0)
