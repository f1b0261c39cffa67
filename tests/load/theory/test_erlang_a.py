"""Erlang A against published values, its balance equations, and the two models it lies between."""

from math import exp, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from load.theory.erlang_a import ErlangA, erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import erlang_c
from tests.load.theory.brute_force import balance

sizes = st.integers(1, 300)
loads = st.floats(0.05, 3.0)
patiences = st.floats(0.02, 50.0)


def queue(agents: float, load: float, lasting: float) -> ErlangA:
    """`load` is erlangs an agent, `lasting` is patience ÷ handle time."""
    return erlang_a(agents, agents * load * 3600 / 100, 100, 100 * lasting)


def test_fifty_agents_with_forty_eight_calls_a_minute() -> None:
    found = erlang_a(50, 48 * 60, 60, 120)
    assert found.p_wait == pytest.approx(0.46777, abs=5e-6)
    assert found.p_abandon == pytest.approx(0.03091, abs=5e-6)
    assert found.mean_wait_s == pytest.approx(3.71, abs=5e-3)
    assert found.wait_quantile_s(0.9) == pytest.approx(12.44, abs=5e-3)
    assert found.utilisation == pytest.approx(0.9303, abs=5e-5)


def test_a_hundred_calls_in_half_an_hour() -> None:
    found = erlang_a(14, 200, 180, 300)
    assert found.p_wait == pytest.approx(0.145260, abs=5e-7)
    assert found.p_abandon == pytest.approx(0.013984, abs=5e-7)
    assert found.service_level(20) == pytest.approx(0.916792, abs=5e-7)


@pytest.mark.parametrize(
    ("load", "answered", "given_up"),
    [(0.8, 0.9965, 0.0006), (1.0, 0.7265, 0.0399), (1.2, 0.1095, 0.1677), (1.5, 0.0001, 0.3333)],
)
def test_a_hundred_agents_from_idle_to_overrun(load: float, answered: float, given_up: float) -> None:
    found = erlang_a(100, load * 100 * 12, 300, 300)
    assert found.service_level(20) == pytest.approx(answered, abs=5e-5)
    assert found.p_abandon == pytest.approx(given_up, abs=5e-5)


@given(st.integers(1, 60), st.floats(0.05, 2.0), st.floats(0.05, 5.0))
def test_it_is_what_the_balance_of_states_gives(agents: int, load: float, lasting: float) -> None:
    expected = balance(agents, agents * load, lasting, states=agents * 12 + 400)
    found = queue(agents, load, lasting)
    assert found.p_wait == pytest.approx(expected.p_wait, rel=1e-9)
    assert found.p_abandon == pytest.approx(expected.p_abandon, rel=1e-9)


@given(sizes, loads)
def test_with_equal_patience_and_handle_time_the_calls_there_are_poisson(agents: int, load: float) -> None:
    erlangs = agents * load
    below = np.exp(np.cumsum(np.log(erlangs / np.arange(1, agents))) - erlangs).sum() + exp(-erlangs)
    assert queue(agents, load, 1.0).p_wait == pytest.approx(1 - below, abs=1e-10)


@pytest.mark.parametrize("erlangs", [100.0, 9_000.0, 10_000.0, 11_000.0, 80_000.0])
@pytest.mark.parametrize("lasting", [0.01, 1.0, 3.0])
def test_ten_thousand_agents_are_no_trouble(erlangs: float, lasting: float) -> None:
    expected = balance(10_000, erlangs, lasting, states=int(10_000 + 4_000 + max(0, erlangs - 10_000) * lasting * 1.2))
    found = erlang_a(10_000, erlangs * 36, 100, 100 * lasting)
    assert found.p_wait == pytest.approx(expected.p_wait, rel=1e-8, abs=1e-200)
    assert found.p_abandon == pytest.approx(expected.p_abandon, rel=1e-8, abs=1e-200)


@given(sizes, st.floats(0.05, 0.98), patiences)
def test_fewer_wait_than_by_erlang_c_and_more_than_by_erlang_b(agents: int, load: float, lasting: float) -> None:
    calls_per_h = agents * load * 36
    found = queue(agents, load, lasting)
    assert found.p_wait <= erlang_c(agents, calls_per_h, 100).p_wait * (1 + 1e-9)
    assert found.p_wait >= erlang_b(agents, calls_per_h, 100).blocking * (1 - 1e-9)
    assert found.p_abandon <= erlang_b(agents, calls_per_h, 100).blocking * (1 + 1e-9)


@given(sizes, st.floats(0.05, 0.98))
def test_endless_patience_is_erlang_c(agents: int, load: float) -> None:
    waiting, nearly, endless = (
        erlang_c(agents, agents * load * 36, 100),
        queue(agents, load, 1e9),
        queue(agents, load, inf),
    )
    for found in (nearly, endless):
        assert found.p_wait == pytest.approx(waiting.p_wait, rel=1e-4)
        assert found.mean_wait_s == pytest.approx(waiting.mean_wait_s, rel=1e-4)
        assert found.service_level(20) == pytest.approx(waiting.service_level(20), rel=1e-4)
        assert found.wait_quantile_s(0.9) == pytest.approx(waiting.wait_quantile_s(0.9), rel=1e-3, abs=1e-3)
    assert 0.0 == endless.p_abandon


@given(sizes, loads)
def test_no_patience_is_erlang_b(agents: int, load: float) -> None:
    lost, hardly, none = erlang_b(agents, agents * load * 36, 100), queue(agents, load, 1e-9), queue(agents, load, 0.0)
    for found in (hardly, none):
        assert found.p_wait == pytest.approx(lost.blocking, rel=1e-6)
        assert found.p_abandon == pytest.approx(lost.blocking, rel=1e-6)
        assert found.service_level(20) == pytest.approx(1 - lost.blocking, rel=1e-6)
        assert found.wait_quantile_s(0.99) == pytest.approx(0, abs=1e-5)


def test_endless_patience_and_too_many_calls_make_the_queue_grow() -> None:
    found = erlang_a(10, 11 * 60, 60, inf)
    measured = (found.p_wait, found.mean_wait_s, found.wait_quantile_s(0.9), found.service_level(20), found.utilisation)
    assert (1.0, inf, inf, 0.0, 1.0) == measured


@given(sizes, loads, patiences)
def test_one_agent_more_helps_every_figure(agents: int, load: float, lasting: float) -> None:
    calls_per_h = agents * load * 36
    before, after = (erlang_a(n, calls_per_h, 100, 100 * lasting) for n in (agents, agents + 1))
    assert after.p_wait <= before.p_wait + 1e-12
    assert after.p_abandon <= before.p_abandon + 1e-12
    assert after.service_level(20) >= before.service_level(20) - 1e-12


@given(sizes, loads, patiences)
def test_every_figure_is_a_share_and_waits_fit_patience(agents: int, load: float, lasting: float) -> None:
    found = queue(agents, load, lasting)
    shares = (found.p_wait, found.p_abandon, found.service_level(0), found.service_level(20), found.utilisation)
    assert all(0 <= share <= 1 + 1e-12 for share in shares)
    assert found.p_abandon <= found.p_wait
    assert 0 <= found.mean_wait_s <= 100 * lasting
    assert found.service_level(0) == pytest.approx(1 - found.p_wait, abs=1e-12)
    assert found.service_level(500_000) == pytest.approx(found.connection_rate, abs=1e-9)


@given(sizes, loads, patiences, st.floats(0.5, 0.99))
def test_a_quantile_leaves_its_share_of_callers_waiting_longer(
    agents: int, load: float, lasting: float, share: float
) -> None:
    found = queue(agents, load, lasting)
    wait_s = found.wait_quantile_s(share)
    assert found.p_wait_over(wait_s) == pytest.approx(min(1 - share, found.p_wait), rel=1e-6)


@pytest.mark.parametrize(("load", "lasting"), [(0.7, 0.5), (1.0, 1.0), (1.3, 0.2), (2.5, 3.0)])
def test_the_mean_wait_is_the_area_under_the_waits(load: float, lasting: float) -> None:
    found = queue(80, load, lasting)
    area, _error = quad(found.p_wait_over, 0, 100 * lasting * 40, limit=400, points=[100 * lasting])
    assert area == pytest.approx(found.mean_wait_s, rel=1e-7)


@given(st.floats(0, 1e-3), st.floats(0.01, 5.0))
def test_hardly_any_patience_or_calls_break_nothing(tiny: float, load: float) -> None:
    found = queue(7, load, tiny)
    assert found.p_wait == pytest.approx(erlang_b(7, 7 * load * 36, 100).blocking, rel=1e-2)
    assert queue(7, tiny, load).p_wait < 1e-10


def test_nobody_waits_where_nobody_calls() -> None:
    found = erlang_a(1, 0, 60, 60)
    assert (0.0, 0.0, 0.0, 1.0, 0.0) == (
        found.p_wait, found.p_abandon, found.mean_wait_s, found.service_level(0), found.wait_quantile_s(0.9)
    )  # fmt: skip
