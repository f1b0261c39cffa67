"""Integrals of exp(−convex), against integrals that have a name."""

from math import exp, gamma, log, pi, sqrt

import numpy as np
import pytest
from scipy.special import erfc

from load.theory.convex_integral import bend_at, bend_of, weighted_points


def test_the_bend_keeps_its_digits_near_zero() -> None:
    assert bend_at(1e-8) == pytest.approx(1e-16 / 2 * (1 - 1e-8 / 3), rel=1e-15)
    assert bend_of(np.array([-0.4999999, -0.5000001])) == pytest.approx(
        np.expm1([0.4999999, 0.5000001]) - 0.5, rel=1e-6
    )
    assert bend_at(-2.0) == pytest.approx(exp(2) - 3, rel=1e-15)


@pytest.mark.parametrize("bend", [1e-6, 1e-3, 0.1, 1.0, 7.5, 100.0])
def test_the_integral_over_the_whole_line_is_a_gamma_function(bend: float) -> None:
    """∫ exp(−b(exp(−x) − 1 + x)) dx over all x = Γ(b) eᵇ ÷ bᵇ."""
    _x, weights = weighted_points(0.0, bend, 1, -800.0)
    assert weights.sum() == pytest.approx(gamma(bend) * exp(bend - bend * log(bend)), rel=1e-12)


@pytest.mark.parametrize("bend", [1e8, 1e12, 1e16])
def test_a_sharp_peak_is_a_normal_law(bend: float) -> None:
    _x, weights = weighted_points(0.0, bend, -1)
    assert weights.sum() == pytest.approx(sqrt(pi / 2 / bend), rel=1e-3 if bend < 1e10 else 1e-5)


@pytest.mark.parametrize(("slope", "bend"), [(3.0, 1e-12), (1e9, 1.0), (1e-9, 1e-15)])
def test_without_bend_it_is_an_exponential(slope: float, bend: float) -> None:
    x, weights = weighted_points(slope, bend, 1)
    assert weights.sum() == pytest.approx(1 / slope, rel=1e-5)
    assert (weights * x).sum() == pytest.approx(1 / slope**2, rel=1e-5)


def test_scales_that_lie_far_apart_are_both_met() -> None:
    """Slope and bend in balance: exp(−cx − bx²/2) has a closed form as long as x stays small."""
    slope, bend = 2e6, 4e12
    _x, weights = weighted_points(slope, bend, 1)
    root = sqrt(bend)
    expected = sqrt(pi / 2) / root * exp(slope**2 / bend / 2) * erfc(slope / root / sqrt(2))
    assert weights.sum() == pytest.approx(expected, rel=1e-5)
