"""Erlang C against published values, and what it says where the queue grows."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.theory.erlang_c import erlang_c
from tests.load.theory.brute_force import blocking_by_recursion


def test_fifty_agents_with_forty_eight_calls_a_minute() -> None:
    queue = erlang_c(50, 48 * 60, 60)
    assert queue.p_wait == pytest.approx(0.6945, abs=5e-5)
    assert queue.mean_wait_s == pytest.approx(20.83, abs=5e-3)
    assert queue.wait_quantile_s(0.9) == pytest.approx(58.14, abs=5e-3)


def test_a_hundred_calls_in_half_an_hour() -> None:
    queue = erlang_c(14, 200, 180)
    assert queue.p_wait == pytest.approx(0.174132, abs=5e-7)
    assert queue.service_level(20) == pytest.approx(0.888350, abs=5e-7)


@given(st.integers(1, 500), st.floats(0.01, 0.999))
def test_it_follows_from_erlang_b(agents: int, load: float) -> None:
    erlangs = agents * load
    lost = blocking_by_recursion(agents, erlangs)
    expected = agents * lost / (agents - erlangs * (1 - lost))
    assert erlang_c(agents, erlangs * 60, 60).p_wait == pytest.approx(expected, rel=1e-9, abs=1e-250)


@given(st.integers(1, 300), st.floats(0.05, 0.99), st.floats(0.5, 0.999))
def test_the_service_level_within_a_quantile_is_its_share(agents: int, load: float, share: float) -> None:
    queue = erlang_c(agents, agents * load * 20, 180)
    assert queue.service_level(queue.wait_quantile_s(share)) == pytest.approx(max(share, 1 - queue.p_wait), rel=1e-9)


@pytest.mark.parametrize("erlangs", [40, 41, 4000])
def test_as_many_calls_as_agents_can_do_make_the_queue_grow(erlangs: float) -> None:
    queue = erlang_c(40, erlangs * 60, 60)
    found = (queue.stable, queue.p_wait, queue.mean_wait_s, queue.wait_quantile_s(0.9), queue.service_level(20))
    assert (False, 1.0, inf, inf, 0.0) == found
    assert queue.utilisation == 1.0


def test_nobody_waits_where_nobody_calls() -> None:
    queue = erlang_c(1, 0, 60)
    assert (0.0, 0.0, 1.0) == (queue.p_wait, queue.mean_wait_s, queue.service_level(0))
