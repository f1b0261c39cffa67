"""What the solver answers is what trying every timetable out would: on programmes small enough to try."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from load.timetable.earliest_fit import earliest_fit
from load.timetable.programme import Choice, Programme, Spare, Task, ends, fits, load_of
from load.timetable.solver import solve

QUARTERS = 7


def every_timetable(programme: Programme) -> Iterator[tuple[Choice, ...]]:
    for chosen in product(*(task.choices for task in programme.tasks)):
        if fits(programme, load_of(programme, chosen)) and may_be_sent(programme, chosen):
            yield chosen


def may_be_sent(programme: Programme, chosen: tuple[Choice, ...]) -> bool:
    for brand in range(len(programme.room)):
        ours = [chosen[place] for place in programme.of_brand(brand)]
        pairs = [(a, b) for at, a in enumerate(ours) for b in ours[at + 1 :]]
        if programme.in_order and any(b.start < a.start for a, b in pairs):
            return False
        if programme.in_order and not programme.overlap and any(b.start < a.until for a, b in pairs):
            return False
        if not programme.overlap and any(a.start < b.until and b.start < a.until for a, b in pairs):
            return False
    return True


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    brands = draw(st.integers(1, 2))
    tasks = tuple(
        Task(number, draw(st.integers(0, brands - 1)), tuple(sorted(_choices(draw), key=lambda one: one.start)))
        for number in range(draw(st.integers(1, 3)))
    )
    room = np.array([[float(draw(st.integers(0, 6))) for _ in range(QUARTERS)] for _ in range(brands)])
    spare = (Spare(frozenset(range(brands)), np.full(QUARTERS, float(draw(st.integers(0, 2))))),)
    return Programme(
        tasks, room, np.full_like(room, 1.5), spare if draw(st.booleans()) else (), draw(st.booleans()),
        draw(st.booleans()),
    )  # fmt: skip


def _choices(draw: st.DrawFn) -> list[Choice]:
    """One or two rates, each from some quarters on: the faster, the more load."""
    found = []
    for length in draw(st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True)):
        load = np.array([6.0 / length] * length + [float(draw(st.integers(0, 2)))])
        found += [Choice(start, start + length, 1.0 / length, load) for start in range(QUARTERS - length + 1)]
    return found


@settings(max_examples=60)
@given(programmes())
def test_the_solver_ends_as_early_as_the_best_of_all_timetables_and_finds_none_only_where_there_is_none(
    programme: Programme,
) -> None:
    best = min((ends(chosen) for chosen in every_timetable(programme)), default=None)
    answer = solve(programme, QUARTERS + 1, limit_s=20)
    if best is None:
        assert "impossible" == answer.verdict
    else:
        assert ("found", True, best) == (answer.verdict, answer.earliest, ends(answer.chosen))
        assert fits(programme, load_of(programme, answer.chosen))
        assert may_be_sent(programme, answer.chosen)


@settings(max_examples=60)
@given(programmes())
def test_the_quick_way_gives_a_timetable_that_fits_and_is_sent_one_at_a_time(programme: Programme) -> None:
    chosen = earliest_fit(programme)
    if isinstance(chosen, int):
        assert 0 <= chosen < len(programme.tasks)
    else:
        assert fits(programme, load_of(programme, chosen))
        assert may_be_sent(programme, chosen)


@settings(max_examples=40)
@given(programmes())
def test_nothing_ends_before_the_best_timetable(programme: Programme) -> None:
    best = min((ends(chosen) for chosen in every_timetable(programme)), default=None)
    if best is not None:
        assert "impossible" == solve(programme, best, limit_s=20).verdict
