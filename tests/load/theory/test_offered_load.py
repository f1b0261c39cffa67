"""Loads that change with time: what would be in hand if nobody had to wait."""

from math import cos, exp, pi, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal
from load.theory.course import course
from load.theory.infinite_server import exponential_load, offered_load, sinusoidal_load
from load.theory.surge_load import SurgeLoad

LAWS: list[Law] = [
    Exponential(180.0), Constant(180.0), Erlang(180.0, 3), Lognormal(180.0, 0.8), Empirical((30.0, 60.0, 450.0)),
]  # fmt: skip
seconds = st.floats(10, 5000)


@pytest.mark.parametrize(("delay_min", "load", "after_min"), [(60, 170.83, 9.46), (10, 716.29, 5.16)])
def test_the_surge_of_a_batch_of_ten_thousand(delay_min: float, load: float, after_min: float) -> None:
    at_s, erlangs = SurgeLoad(4000, delay_min * 60, 180).peak
    assert erlangs == pytest.approx(load, abs=5e-3)
    assert at_s / 60 == pytest.approx(after_min, abs=5e-3)


@pytest.mark.parametrize("sending_s", [0.0, 100.0, 3600.0])
@pytest.mark.parametrize("delay_s", [60.0, 180.0, 180.0001, 3600.0])
def test_a_batch_is_the_integral_over_its_callers(delay_s: float, sending_s: float) -> None:
    edges_s = np.arange(0, 9000, 2.0)
    since = Exponential(delay_s).shortfall_s
    by = since(edges_s) - since(edges_s - sending_s) if sending_s else sending_at_once(edges_s, delay_s)
    came = 500 * by / (sending_s or 1.0)
    expected = offered_load(edges_s, np.diff(came) / 2, Exponential(180.0))
    surge = SurgeLoad(500, delay_s, 180, sending_s)
    assert surge.erlangs(edges_s) == pytest.approx(expected, abs=1e-2)
    assert surge.peak[1] == pytest.approx(expected.max(), abs=1e-2)
    assert surge.peak[0] == pytest.approx(edges_s[expected.argmax()], abs=4)


def sending_at_once(edges_s: np.ndarray, delay_s: float) -> np.ndarray:
    return Exponential(delay_s).share_by(edges_s)


@given(seconds, seconds, st.floats(0, 20_000))
def test_no_moment_is_worse_than_the_peak_of_a_batch(delay_s: float, handle_s: float, sending_s: float) -> None:
    surge = SurgeLoad(1000, delay_s, handle_s, sending_s)
    at_s, most = surge.peak
    around_s = np.concatenate((at_s + np.linspace(-100, 100, 41), np.linspace(0, 60_000, 301)))
    assert surge.erlangs(around_s).max() <= most * (1 + 1e-9)
    assert surge.erlangs(-1.0) == 0.0


@pytest.mark.parametrize("law", LAWS)
def test_a_steady_stream_ends_at_calls_times_handle_time(law: Law) -> None:
    load = offered_load(np.arange(0, 80_000, 100.0), 0.5, law)
    assert load[0] == 0.0
    assert load[-1] == pytest.approx(90, rel=1e-6)
    assert (np.diff(load) > -1e-9).all()


@pytest.mark.parametrize("law", LAWS)
def test_steps_of_any_length_give_the_same_load(law: Law) -> None:
    even_s = np.arange(0, 3601, 30.0)
    rates = 1 + np.sin(np.arange(120))
    uneven_s = np.unique(np.concatenate((even_s, [31.0, 77.7, 2000.1])))
    same = rates[np.searchsorted(even_s, uneven_s[:-1], side="right") - 1]
    found = offered_load(uneven_s, same, law)[np.isin(uneven_s, even_s)]
    assert found == pytest.approx(offered_load(even_s, rates, law), abs=1e-9)


def test_constant_handle_times_count_the_calls_of_just_that_time() -> None:
    load = offered_load(np.arange(0, 601, 60.0), np.arange(10.0) / 60, Constant(180.0))
    assert load[4:] == pytest.approx([n - 1 + n - 2 + n - 3 for n in range(4, 11)])


def test_exponential_handle_times_follow_their_differential_equation() -> None:
    asked = course(np.arange(0, 7200, 60.0), 1 + np.cos(np.arange(119) / 9), 0)
    expected = offered_load(asked.edges_s, asked.arrivals_per_s, Exponential(200.0))
    assert exponential_load(asked, 200.0) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("t", [0.0, 1.0, 3 * pi / 4, 5.0])
def test_a_sinusoid_is_followed_later_and_flatter(t: float) -> None:
    assert sinusoidal_load(t, 100, 20, 1, 1) == pytest.approx(100 + 10 * (sin(t) - cos(t)), abs=1e-10)


def test_the_sinusoids_peak_is_the_published_one() -> None:
    found = [sinusoidal_load(t, 100, 20, 1, 1) for t in np.linspace(0, 2 * pi, 100_001)]
    assert max(found) == pytest.approx(114.1421, abs=5e-5)
    assert np.argmax(found) / 100_000 * 2 * pi == pytest.approx(3 * pi / 4, abs=1e-4)


def test_the_sinusoid_is_what_the_curve_itself_gives_after_a_while() -> None:
    edges = np.arange(0, 40, 0.001)
    rates = 100 + 20 * np.sin((edges[1:] + edges[:-1]) / 2)
    assert offered_load(edges, rates, Exponential(1.0))[-1] == pytest.approx(
        sinusoidal_load(edges[-1], 100, 20, 1, 1), abs=1e-5
    )


@pytest.mark.parametrize(
    ("edges_s", "rates"),
    [([0, 0, 1], [1, 1]), ([1], []), ([0, 1, 2], [1]), ([0, 1, 2], [1, -1]), ([0, 1, 2], [1, float("nan")]),
     ([0, float("nan"), 2], [1, 1])],
)  # fmt: skip
def test_a_curve_that_cannot_be_is_told(edges_s: list[float], rates: list[float]) -> None:
    with pytest.raises(DialtestError):
        offered_load(edges_s, rates, Exponential(180.0))


@pytest.mark.parametrize("values", [(-1, 60, 60), (1, 0, 60), (1, 60, float("nan")), (float("inf"), 60, 60)])
def test_a_surge_that_cannot_be_is_told(values: tuple[float, float, float]) -> None:
    with pytest.raises(DialtestError):
        SurgeLoad(*values)


def test_equal_delays_and_handle_times_are_no_exception() -> None:
    at_s, erlangs = SurgeLoad(1000, 300, 300).peak
    assert (at_s, erlangs) == pytest.approx((300, 1000 * exp(-1)))
