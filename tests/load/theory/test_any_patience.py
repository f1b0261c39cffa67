"""Patience of any law: against Erlang A, Erlang C, and plain quadrature."""

from math import exp, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from dialtest.errors import DialtestError
from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal, Never
from load.theory.any_patience import any_patience
from load.theory.erlang_a import erlang_a
from load.theory.erlang_c import erlang_c
from tests.load.theory.brute_force import blocking_by_recursion

LAWS: list[Law] = [Constant(60.0), Erlang(60.0, 3), Lognormal(60.0, 1.0), Empirical((5.0, 40.0, 40.0, 155.0))]


@given(st.integers(1, 300), st.floats(0.05, 3), st.floats(0.05, 20))
def test_exponential_patience_is_erlang_a(agents: int, load: float, lasting: float) -> None:
    calls_per_h, patience_s = agents * load * 36, 100 * lasting
    found = any_patience(agents, calls_per_h, 100, Exponential(patience_s))
    exact = erlang_a(agents, calls_per_h, 100, patience_s)
    assert found.p_wait == pytest.approx(exact.p_wait, rel=1e-8)
    assert found.p_abandon == pytest.approx(exact.p_abandon, rel=1e-8)
    assert found.mean_wait_s == pytest.approx(exact.mean_wait_s, rel=1e-8)
    assert found.service_level(20) == pytest.approx(exact.service_level(20), abs=1e-9)
    assert found.wait_quantile_s(0.9) == pytest.approx(exact.wait_quantile_s(0.9), rel=1e-6, abs=1e-6)
    assert found.utilisation == pytest.approx(exact.utilisation)


def test_those_who_never_give_up_are_erlang_c() -> None:
    found, exact = any_patience(50, 2880, 60, Never()), erlang_c(50, 2880, 60)
    assert found.p_wait == pytest.approx(exact.p_wait, rel=1e-9)
    assert found.mean_wait_s == pytest.approx(exact.mean_wait_s, rel=1e-9)
    assert found.service_level(20) == pytest.approx(exact.service_level(20), rel=1e-9)
    assert found.p_abandon == 0.0


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("load", [0.7, 1.0, 1.4])
def test_it_is_the_integral_that_is_written(law: Law, load: float) -> None:
    agents, calls_per_s, ends_per_s = 20, 20 * load / 100, 20 / 100
    found = any_patience(agents, calls_per_s * 3600, 100, law)

    def density(t_s: float) -> float:
        return exp(calls_per_s * (t_s - float(law.shortfall_s(t_s))) - ends_per_s * t_s)

    steps_s = sorted({1.0, 5.0, 20.0, 40.0, 60.0, 155.0})
    whole = quad(density, 0, 3000, points=steps_s, limit=500)[0]
    lost = quad(lambda t: density(t) * float(law.share_by(t)), 0, 3000, points=steps_s, limit=500)[0]
    soon = quad(lambda t: density(t) * (1 - float(law.share_by(t))), 0, 20, points=[1, 5], limit=500)[0]
    everything = 1 / blocking_by_recursion(agents - 1, 20 * load) + calls_per_s * whole
    assert found.p_wait == pytest.approx(calls_per_s * whole / everything, rel=1e-6)
    assert found.p_abandon == pytest.approx(calls_per_s * lost / everything, rel=1e-5)
    assert found.service_level(20) == pytest.approx(1 - found.p_wait + calls_per_s * soon / everything, rel=1e-6)


@pytest.mark.parametrize("law", LAWS)
def test_the_mean_wait_is_the_area_under_the_waits(law: Law) -> None:
    found = any_patience(20, 800, 100, law)
    times_s = np.linspace(0, 600, 6001)
    over = [found.p_wait_over(t_s) for t_s in times_s]
    assert np.trapezoid(over, times_s) == pytest.approx(found.mean_wait_s, rel=2e-3)
    assert over == sorted(over, reverse=True)


@pytest.mark.parametrize("law", LAWS)
def test_in_an_overrun_the_calls_too_many_are_lost_whatever_the_law(law: Law) -> None:
    assert any_patience(200, 3 * 200 * 36, 100, law).p_abandon == pytest.approx(2 / 3, rel=1e-6)


def test_constant_patience_caps_every_wait() -> None:
    found = any_patience(20, 1000, 100, Constant(60.0))
    assert found.wait_quantile_s(0.999) <= 60.0 + 1e-6
    assert found.p_wait_over(59.9) > 0 == found.p_wait_over(60.0)


def test_nobody_waits_where_nobody_calls() -> None:
    found = any_patience(1, 0, 60, Exponential(60.0))
    assert (0.0, 0.0, 0.0, 1.0, 0.0) == (
        found.p_wait, found.p_abandon, found.mean_wait_s, found.service_level(0), found.p_wait_over(0)
    )  # fmt: skip


def test_a_queue_that_grows_is_told() -> None:
    with pytest.raises(DialtestError):
        any_patience(10, 600, 60, Never(inf))
    with pytest.raises(DialtestError):
        any_patience(10, 700, 60, Never(inf))
