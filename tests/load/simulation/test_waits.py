"""Quantiles of waits, read off a histogram, are those of the waits themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.simulation.waits import STEPS, edges_s, histogram, quantile_s


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=200), st.floats(0.01, 0.99))
def test_a_quantile_is_right_within_a_step(waited_s: list[float], share: float) -> None:
    ordered = sorted(waited_s)
    exact = ordered[min(int(np.ceil(share * len(ordered) - 1e-9)), len(ordered)) - 1]
    assert exact == pytest.approx(quantile_s(histogram(np.array(waited_s)), share), rel=1 / 128)


def test_every_wait_lies_in_its_step() -> None:
    waited_s = np.array([0.0, 1e-9, 0.5, 1.0, 1.5, 59.99, 3600.0, 1e9])
    counted = histogram(waited_s)
    assert (len(waited_s), (STEPS,)) == (counted.sum(), counted.shape)
    np.testing.assert_array_equal(np.histogram(waited_s[:-1], edges_s())[0], counted - np.eye(STEPS, dtype=int)[-1])


def test_who_did_not_wait_and_nobody_at_all_have_no_wait() -> None:
    assert 0 == quantile_s(histogram(np.zeros(10)), 0.9)
    assert 0 == quantile_s(histogram(np.empty(0)), 0.9)
