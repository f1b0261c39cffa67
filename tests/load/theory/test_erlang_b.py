"""Erlang B against its recursion and its published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from load.theory.erlang_b import erlang_b
from tests.load.theory.brute_force import blocking_by_recursion


def blocking(lines: float, erlangs: float) -> float:
    return erlang_b(lines, erlangs * 3600 / 180, 180).blocking


@pytest.mark.parametrize(
    ("lines", "erlangs", "published"),
    [(5, 3, 0.1101), (10, 5, 0.01838), (100, 100, 0.07570), (1, 1, 0.5), (2, 1, 0.2)],
)
def test_published_values(lines: int, erlangs: float, published: float) -> None:
    assert blocking(lines, erlangs) == pytest.approx(published, rel=5e-4)


@given(st.integers(1, 400), st.floats(1e-3, 1e4))
def test_it_is_what_the_recursion_gives(lines: int, erlangs: float) -> None:
    assert blocking(lines, erlangs) == pytest.approx(blocking_by_recursion(lines, erlangs), rel=1e-10, abs=1e-300)


@pytest.mark.parametrize("erlangs", [8000, 9900, 10_000, 10_100, 30_000])
def test_ten_thousand_lines_keep_ten_digits(erlangs: float) -> None:
    assert blocking(10_000, erlangs) == pytest.approx(blocking_by_recursion(10_000, erlangs), rel=1e-10)


@given(st.floats(0.2, 300), st.floats(0.1, 500))
def test_the_recursion_also_joins_numbers_that_are_not_whole(lines: float, erlangs: float) -> None:
    fewer, more = blocking(lines, erlangs), blocking(lines + 1, erlangs)
    assert more == pytest.approx(erlangs * fewer / (lines + 1 + erlangs * fewer), rel=1e-9)


def test_no_calls_meet_no_busy_line() -> None:
    idle = erlang_b(3, 0, 180)
    assert (0.0, 0.0, 1.0) == (idle.blocking, idle.utilisation, idle.service_level(20))


@pytest.mark.parametrize(
    ("agents", "calls_per_h", "handle_s"),
    [(0, 10, 60), (-1, 10, 60), (float("nan"), 10, 60), (10**400, 10, 60), (5, -1, 60), (5, float("inf"), 60),
     (5, 10, 0), (5, 10, float("nan"))],
)  # fmt: skip
def test_numbers_out_of_bounds_are_told(agents: float, calls_per_h: float, handle_s: float) -> None:
    with pytest.raises(DialtestError, match=r"was found|为"):
        erlang_b(agents, calls_per_h, handle_s)
