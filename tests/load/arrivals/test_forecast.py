"""The forecast is the arrival curve by minutes, with those who withdraw another way beside it."""

import numpy as np
import pytest

from load.arrivals.calls import BY_SMS, draw_calls
from load.arrivals.forecast import forecast
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan


def a_plan(more: str = "") -> SurgePlan:
    return parse_plan(
        f"""
        begins = "2006-08-21T10:00:00+08:00"
        {more}
        [[batch]]
        number = 1
        brand = "mzone"
        size = 10000
        start = "2006-08-21T10:00:00+08:00"
        [callback]
        share = 0.4
        delay = {{ law = "exponential", mean_s = 600 }}
        instead_sms = 0.2
        instead_web = 0.1
        [agents]
        mzone = 100
        gotone = 10
        [background]
        gotone = 60
        """,
        "a plan",
    )


def test_callers_and_those_who_withdraw_another_way_are_those_who_were_expected_to_call() -> None:
    mzone = forecast(a_plan()).by_brand["mzone"]
    found = [float(series.sum()) for series in (mzone.callers, mzone.by_sms, mzone.by_web)]
    assert [2800, 800, 400] == pytest.approx(found, rel=1e-3)


def test_the_first_minute_of_an_exponential_delay_is_the_peak() -> None:
    mzone = forecast(a_plan()).by_brand["mzone"]
    assert 0 == mzone.peak_minute
    assert 2800 * -np.expm1(-0.1) == pytest.approx(mzone.callers[0])


def test_ordinary_calls_of_a_brand_without_a_batch_are_there_too() -> None:
    assert np.ones(60) == pytest.approx(forecast(a_plan()).by_brand["gotone"].callers[:60])


def test_the_last_minute_ends_with_the_plan() -> None:
    found = forecast(a_plan('ends = "2006-08-21T10:02:30+08:00"'))
    assert (3, pytest.approx([1, 1, 0.5])) == (found.minutes, found.by_brand["gotone"].callers)


def test_drawn_calls_come_as_the_forecast_says() -> None:
    plan = a_plan()
    calls = draw_calls(plan, seed=1)
    counted = np.bincount((calls.at_s[calls.way == BY_SMS] // 600).astype(int), minlength=3)[:3]
    expected = forecast(plan).by_brand["mzone"].by_sms[:30].reshape(3, 10).sum(axis=1)
    assert np.all(np.abs(counted - expected) < 4 * np.sqrt(expected))


def test_all_brands_together_are_their_sum() -> None:
    found = forecast(a_plan())
    assert found.together.callers[5] == found.by_brand["mzone"].callers[5] + 1.0
