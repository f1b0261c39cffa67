"""Queues that can be full: every caller ends somewhere, and both ends of the scale are known models."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import erlang_c
from load.theory.finite_queue import finite_queue

sizes = st.integers(1, 80)
loads = st.floats(0.05, 3.0)
places_there = st.integers(0, 60)


@given(sizes, places_there, loads, st.one_of(st.floats(0, 20), st.just(inf)), places_there, st.floats(0.01, 1))
def test_every_call_ends_somewhere(
    agents: int, places: int, load: float, lasting: float, divert_from: int, share: float
) -> None:
    found = finite_queue(agents, places, agents * load * 36, 100, lasting * 100, min(divert_from, places), share)
    ends = (found.answered, found.p_abandon, found.diverted, found.blocking)
    assert all(-1e-12 <= end <= 1 for end in ends)
    assert sum(ends) == pytest.approx(1)
    busy = float(found.states @ np.minimum(np.arange(agents + places + 1), agents))
    assert busy / agents == pytest.approx(found.utilisation, rel=1e-9, abs=1e-12)


@given(sizes, loads)
def test_no_place_to_wait_is_erlang_b(agents: int, load: float) -> None:
    found = finite_queue(agents, 0, agents * load * 36, 100, 50)
    assert found.blocking == pytest.approx(erlang_b(agents, agents * load * 36, 100).blocking, rel=1e-9)
    assert (0.0, 0.0, 0.0) == (found.p_wait, found.mean_wait_s, found.wait_quantile_s(0.9))


@given(sizes, loads, st.floats(0.05, 5))
def test_many_places_are_erlang_a(agents: int, load: float, lasting: float) -> None:
    calls_per_h = agents * load * 36
    found, open_ended = (
        finite_queue(agents, 3000, calls_per_h, 100, lasting * 100),
        erlang_a(agents, calls_per_h, 100, lasting * 100),
    )
    assert found.p_wait == pytest.approx(open_ended.p_wait, rel=1e-9)
    assert found.p_abandon == pytest.approx(open_ended.p_abandon, rel=1e-9)
    assert found.mean_wait_s == pytest.approx(open_ended.mean_wait_s, rel=1e-9)
    assert found.service_level(20) == pytest.approx(open_ended.service_level(20), abs=1e-9)
    assert found.wait_quantile_s(0.9) == pytest.approx(open_ended.wait_quantile_s(0.9), rel=1e-6, abs=1e-6)


def test_many_places_and_endless_patience_are_erlang_c() -> None:
    found, endless = finite_queue(50, 3000, 2880, 60, inf), erlang_c(50, 2880, 60)
    assert found.p_wait == pytest.approx(endless.p_wait, rel=1e-9)
    assert found.service_level(20) == pytest.approx(endless.service_level(20), rel=1e-9)
    assert found.wait_quantile_s(0.9) == pytest.approx(endless.wait_quantile_s(0.9), rel=1e-6)
    assert found.p_abandon == 0.0


def test_one_agent_and_one_place_by_hand() -> None:
    """Load 1, no patience to lose: three states, equally likely."""
    found = finite_queue(1, 1, 60, 60, inf)
    assert found.states == pytest.approx([1 / 3] * 3)
    assert found.blocking == pytest.approx(1 / 3)
    assert found.mean_wait_s == pytest.approx(20)


def test_who_finds_the_queue_full_may_go_to_the_self_service() -> None:
    busy_tone, self_service = (finite_queue(20, 10, 1200, 100, 60, *way) for way in ((), (10, 1.0)))
    assert self_service.diverted == pytest.approx(busy_tone.blocking)
    assert self_service.blocking == 0.0
    assert self_service.connection_rate > busy_tone.connection_rate


def test_diverting_early_spares_those_who_wait() -> None:
    rates = [finite_queue(20, 100, 1200, 100, 60, start, 0.5).connection_rate for start in (0, 5, 20)]
    assert rates == sorted(rates, reverse=True)


def test_full_diversion_leaves_nobody_in_the_queue() -> None:
    found = finite_queue(20, 100, 3600, 100, 60, 0, 1.0)
    assert found.connection_rate == pytest.approx(1)
    assert found.service_level(0) == pytest.approx(1)
    assert found.diverted == pytest.approx(erlang_b(20, 3600, 100).blocking)


def test_no_calls_at_all() -> None:
    found = finite_queue(3, 4, 0, 100, 60)
    assert (1.0, 0.0, 0.0, 0.0) == (found.answered, found.blocking, found.mean_wait_s, found.utilisation)


@pytest.mark.parametrize(
    "asked",
    [(0, 1, 60, 60, 60), (1, -1, 60, 60, 60), (1, 10**9, 60, 60, 60), (1, 1, 60, 60, -1), (1, 1, 60, 60, 60, 2),
     (1, 1, 60, 60, 60, -1), (1, 1, 60, 60, 60, 0, 1.5), (1, 1, 60, 60, 60, 0, float("nan"))],
)  # fmt: skip
def test_a_queue_that_cannot_be_is_told(asked: tuple[float, ...]) -> None:
    with pytest.raises(DialtestError):
        finite_queue(*asked)  # type: ignore[arg-type]
