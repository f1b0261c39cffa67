"""Laws of chance: what holds of every one of them."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal, Never, draw_s

MEANS_S = st.floats(0.5, 20_000)
CONTINUOUS = st.one_of(
    st.builds(Exponential, MEANS_S),
    st.builds(Lognormal, MEANS_S, st.floats(0.05, 2.5)),
    st.builds(Erlang, MEANS_S, st.integers(1, 60)),
)
STEPPED = st.one_of(
    st.builds(Constant, MEANS_S),
    st.lists(st.floats(0, 5_000), min_size=1, max_size=20).map(lambda values: Empirical(tuple(values))),
)
TIMES = st.floats(0, 4).map(lambda part: 2.0**part - 1)
"""In means of the law."""


@given(law=CONTINUOUS, u=st.floats(0.001, 0.999))
def test_the_quantile_inverts_the_share(law: Law, u: float) -> None:
    assert u == pytest.approx(float(law.share_by(law.quantile_s(u))), abs=1e-9)


@given(law=STEPPED, u=st.floats(0, 0.999))
def test_the_quantile_of_a_stepped_law_is_where_the_share_passes_it(law: Law, u: float) -> None:
    at_s = float(law.quantile_s(u))
    assert float(law.share_by(at_s)) >= u
    assert float(law.share_by(np.nextafter(at_s, -inf))) <= u + 1e-12


@given(law=st.one_of(CONTINUOUS, STEPPED), part=TIMES)
def test_the_shortfall_is_the_integral_of_the_share(law: Law, part: float) -> None:
    until_s = part * max(law.mean_s, 1)
    points = np.unique(np.concatenate([np.linspace(0, until_s, 20_001), np.geomspace(1e-9, until_s + 1e-6, 4_000)]))
    points = points[points <= until_s]
    share = law.share_by(points)
    low = float((np.diff(points) * share[:-1]).sum())
    high = float((np.diff(points) * share[1:]).sum())
    told = float(law.shortfall_s(until_s))
    assert low - 1e-6 * (1 + until_s) <= told <= high + 1e-6 * (1 + until_s)


@given(law=st.one_of(CONTINUOUS, STEPPED))
def test_the_share_rises_from_0_to_1_and_nothing_comes_before_its_time(law: Law) -> None:
    times_s = np.concatenate([[-5.0, -1e-9], np.geomspace(1e-6, 1e12, 60)])
    share = law.share_by(times_s)
    assert (np.diff(share) >= 0).all()
    assert [0.0, 0.0] == share[:2].tolist()
    assert 1 == pytest.approx(share[-1], abs=1e-6)
    assert [0.0, 0.0] == law.shortfall_s(times_s[:2]).tolist()


@given(law=st.one_of(CONTINUOUS, STEPPED))
def test_far_out_the_shortfall_is_the_time_less_the_mean(law: Law) -> None:
    """E[(t − T)⁺] = t − E[T] + E[(T − t)⁺]."""
    far_s = 1e9 * (1 + law.mean_s)
    assert law.mean_s == pytest.approx(far_s - float(law.shortfall_s(far_s)), abs=far_s * 1e-12, rel=1e-5)


@pytest.mark.parametrize(
    "law",
    [Exponential(180), Lognormal(180, 0.9), Erlang(180, 4), Constant(180), Empirical((10, 20, 510))],
    ids=lambda law: type(law).__name__,
)
def test_draws_have_the_mean_of_the_law(law: Law) -> None:
    drawn_s = draw_s(law, np.random.default_rng(1), 200_000)
    assert 180 == pytest.approx(float(drawn_s.mean()), rel=0.015)
    assert law.share_by(120.0) == pytest.approx(float((drawn_s <= 120).mean()), abs=0.005)


@given(law=st.one_of(CONTINUOUS, STEPPED), rows=st.integers(1, 3), columns=st.integers(1, 4))
def test_arrays_keep_their_shape(law: Law, rows: int, columns: int) -> None:
    times_s, chances = np.ones((rows, columns)), np.full((rows, columns), 0.5)
    shapes = [np.shape(one) for one in (law.share_by(times_s), law.shortfall_s(times_s), law.quantile_s(chances))]
    assert [(rows, columns)] * 3 == shapes


@given(mean_s=MEANS_S)
def test_an_erlang_law_of_one_phase_is_exponential(mean_s: float) -> None:
    times_s = np.linspace(0, 5 * mean_s, 50)
    np.testing.assert_allclose(Erlang(mean_s, 1).share_by(times_s), Exponential(mean_s).share_by(times_s), atol=1e-12)
    np.testing.assert_allclose(
        Erlang(mean_s, 1).shortfall_s(times_s), Exponential(mean_s).shortfall_s(times_s), atol=1e-9 * mean_s
    )


@given(mean_s=MEANS_S, times=st.floats(0.1, 5))
def test_a_lognormal_law_has_the_deviation_it_was_made_with(mean_s: float, times: float) -> None:
    law = Lognormal.with_deviation(mean_s, mean_s * times)
    assert (mean_s * times) ** 2 == pytest.approx(mean_s**2 * np.expm1(law.sigma**2))


def test_whoever_never_gives_up_never_does() -> None:
    law = Never()
    assert [0.0, 0.0] == law.share_by([5, 1e12]).tolist()
    assert [inf, inf] == draw_s(law, np.random.default_rng(1), 2).tolist()
