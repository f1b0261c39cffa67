"""Estimates against published or worked-out values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.calibration.estimate import exponential_mean, mean_of, share_of
from load.calibration.fitting import fit_laws
from load.calibration.handle_time import observed_s
from load.calibration.lengths import lengths
from load.calibration.patience import kaplan_meier
from load.law import Constant, Exponential


def test_ten_ended_in_a_thousand_seconds_give_a_mean_of_a_hundred_with_the_interval_of_chi_square() -> None:
    one = exponential_mean(1_000, 10, 12)
    assert (100, 12) == (one.value, one.records)
    assert [58.53, 208.5] == pytest.approx([one.low, one.high], rel=1e-3)


def test_where_none_ended_the_mean_is_known_to_be_long_and_no_more() -> None:
    one = exponential_mean(1_000, 0, 5)
    assert (np.inf, np.inf) == (one.value, one.high)
    assert 0 < one.low < np.inf


def test_the_published_curve_of_kaplan_and_meier_is_reproduced() -> None:
    """Freireich et al. (1963), the patients given 6-MP, as textbooks of survival analysis have them."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    cut = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = kaplan_meier(np.asarray([*ended, *cut], float), np.asarray([True] * len(ended) + [False] * len(cut)))
    expected = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    found = {t_s: curve.beyond(t_s, 21) for t_s in expected}
    assert expected == {t_s: round(one.value, 3) for t_s, one in found.items() if one}
    assert None is curve.beyond(36, 21)


def test_without_cut_off_lengths_the_exponential_mean_is_the_mean() -> None:
    values_s = np.random.default_rng(1).exponential(90, 500) + 1
    fit = next(fit for fit in fit_laws(lengths(values_s)) if isinstance(fit.law, Exponential))
    assert values_s.mean() == pytest.approx(fit.mean.value)
    assert values_s.mean() == pytest.approx(fit.law.mean_s, rel=1e-4)


def test_lengths_that_are_all_the_same_are_a_constant() -> None:
    (fit,) = fit_laws(lengths(np.full(40, 75.0)))
    assert Constant(75) == fit.law


def test_with_few_lengths_only_the_exponential_law_is_tried() -> None:
    assert ["exponential"] == [fit.name for fit in fit_laws(lengths(np.arange(1.0, 20)))]
    assert () == fit_laws(lengths(np.arange(1.0, 20), np.zeros(19, bool)))


@given(values=st.lists(st.floats(0, 40_000), min_size=1, max_size=60), data=st.data())
@settings(max_examples=60)
def test_whatever_the_lengths_laws_are_finite_and_intervals_hold_their_value(
    values: list[float], data: st.DataObject
) -> None:
    ended = np.asarray(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    for fit in fit_laws(lengths(np.asarray(values), ended)):
        assert np.isfinite(fit.law.mean_s)
        assert fit.law.mean_s > 0
        assert fit.mean.low <= fit.mean.value <= fit.mean.high


@given(values=st.lists(st.floats(0, 5_000), min_size=1, max_size=500), most=st.integers(1, 50))
def test_observed_values_keep_the_mean_where_the_groups_are_of_one_size(values: list[float], most: int) -> None:
    chosen = observed_s(np.asarray(values), most)
    assert len(chosen) == min(most, len(values))
    assert min(values) - 1e-9 <= min(chosen) <= max(chosen) <= max(values) + 1e-9
    if len(values) % len(chosen) == 0:
        assert float(np.mean(values)) == pytest.approx(float(np.mean(chosen)), abs=1e-6)


def test_of_nothing_nothing_is_known() -> None:
    assert (0.0, 1.0) == (share_of(0, 0).low, share_of(0, 0).high)
    assert {"value": None, "low": None, "high": None, "records": 0} == share_of(0, 0).as_object()
    assert np.inf == mean_of(np.asarray([5.0])).high
