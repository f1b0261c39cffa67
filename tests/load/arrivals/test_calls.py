"""Calls are drawn as the arrival curve says, from a seed, and never in the quiet hours' stead."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.arrivals.calls import BY_PHONE, Calls, draw_calls
from load.arrivals.curve import expected_callers
from load.plan.reading import parse_plan
from load.plan.sending import sending
from load.plan.surge_plan import SurgePlan

HOUR_S = 3600.0
LAWS = (
    '{ law = "exponential", mean_s = 1800 }',
    '{ law = "lognormal", mean_s = 1800, sigma = 0.8 }',
    '{ law = "erlang", mean_s = 1800, phases = 3 }',
    "[610, 1210, 3610]",
)


def a_plan(law: str = LAWS[0], messages_per_s: float = 1.0, second: str = "2006-08-22T10:00:00+08:00") -> SurgePlan:
    return parse_plan(
        f"""
        begins = "2006-08-21T08:00:00+08:00"
        ends = "2006-08-23T08:00:00+08:00"
        [[batch]]
        number = 1
        brand = "mzone"
        size = 6000
        start = "2006-08-21T18:30:00+08:00"
        messages_per_s = {messages_per_s}
        [[batch]]
        number = 2
        brand = "mzone"
        size = 4000
        start = "{second}"
        [callback]
        share = 0.4
        delay = {law}
        instead_sms = 0.1
        [agents]
        mzone = 50
        gotone = 5
        [background]
        mzone = [0, 0, 0, 0, 0, 0, 0, 10, 40, 80, 80, 80, 60, 60, 80, 80, 80, 80, 40, 30, 20, 10, 0, 0]
        gotone = 30
        [quiet]
        from = "20:00"
        until = "09:00"
        """,
        "a plan",
    )


def phoned(plan: SurgePlan, calls: Calls, brand: str, edges_s: np.ndarray) -> np.ndarray:
    own = (calls.brand == plan.brands.index(brand)) & (calls.way == BY_PHONE)
    return np.histogram(calls.at_s[own], edges_s)[0]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("brand", ["mzone", "gotone"])
def test_drawn_calls_follow_the_curve_by_the_half_hour(law: str, brand: str) -> None:
    """Sixty replications; in each half hour their sum is a Poisson count of the curve's mean (5 deviations allowed)."""
    plan, edges_s = a_plan(law), np.arange(0, 48 * HOUR_S + 1, HOUR_S / 2)
    seen = sum(phoned(plan, draw_calls(plan, 5, one), brand, edges_s) for one in range(60))
    expected = 60 * expected_callers(plan, brand, edges_s)
    assert (np.abs(seen - expected) <= 5 * np.sqrt(expected) + 1e-6).all()


def test_counts_of_a_minute_vary_as_poisson_counts_do() -> None:
    plan, edges_s = a_plan(), np.asarray([11 * HOUR_S, 11 * HOUR_S + 600])
    counts = [int(phoned(plan, draw_calls(plan, 9, one), "mzone", edges_s)[0]) for one in range(300)]
    assert 1 == pytest.approx(np.var(counts, ddof=1) / np.mean(counts), abs=0.33)


@given(seed=st.integers(0, 2**63 - 1), replication=st.integers(0, 1000))
@settings(max_examples=10)
def test_the_same_seed_gives_the_same_calls_and_another_replication_others(seed: int, replication: int) -> None:
    plan = a_plan()
    first, again, other = (draw_calls(plan, seed, one) for one in (replication, replication, replication + 1))
    for field in fields(Calls):
        np.testing.assert_array_equal(getattr(first, field.name), getattr(again, field.name))
    assert first.at_s.tolist() != other.at_s.tolist()


@given(later=st.integers(0, 20))
@settings(max_examples=10)
def test_moving_one_batch_leaves_the_callers_of_the_others_as_they_were(later: int) -> None:
    before = a_plan()
    assert before.batches[1].start is not None
    start = before.batches[1].start + timedelta(hours=later)
    plan = a_plan(second=start.isoformat())
    one, other = draw_calls(before, 3), draw_calls(plan, 3)
    for name in ("at_s", "handle_s", "choice", "way"):
        for batch in (0, 1):
            stayed = getattr(one, name)[one.batch == batch], getattr(other, name)[other.batch == batch]
            np.testing.assert_array_equal(*stayed)


def test_calls_come_in_order_whatever_brought_them() -> None:
    for law in LAWS:
        calls = draw_calls(a_plan(law), 2)
        assert (np.diff(calls.at_s) >= 0).all()
        assert len(calls.patience_s) == calls.first[-1] == len(calls.redial_after_s)


def test_a_plan_of_one_batch_alone_has_its_calls_in_order_too() -> None:
    text = """
    [[batch]]
    number = 1
    brand = "mzone"
    size = 500
    start = "2006-08-21T10:00:00+08:00"
    [callback]
    share = 0.4
    [agents]
    mzone = 5
    """
    assert (np.diff(draw_calls(parse_plan(text, "plan"), 1).at_s) >= 0).all()


@given(
    size=st.integers(1, 200_000),
    parts=st.integers(1, 4),
    messages_per_s=st.floats(0.5, 500),
    starts_h=st.floats(0, 23.9),
    from_h=st.integers(0, 23),
    quiet_h=st.integers(1, 23),
)
@settings(max_examples=60)
def test_nothing_is_sent_in_the_quiet_hours_and_everything_is_sent(
    size: int, parts: int, messages_per_s: float, starts_h: float, from_h: int, quiet_h: int
) -> None:
    until_h = (from_h + quiet_h) % 24
    minutes = int(starts_h * 60)
    plan = parse_plan(
        f"""
        begins = "2006-08-21T00:00:00+08:00"
        ends = "2006-08-22T00:00:00+08:00"
        [[batch]]
        number = 1
        brand = "mzone"
        size = {size}
        parts = {parts}
        start = "2006-08-21T{minutes // 60:02}:{minutes % 60:02}:00+08:00"
        messages_per_s = {messages_per_s}
        [agents]
        mzone = 1
        [quiet]
        from = "{from_h:02}:00"
        until = "{until_h:02}:00"
        """,
        "a plan",
    )
    stretches = sending(plan, plan.batches[0])
    assert 1 == pytest.approx(sum(one.share for one in stretches))
    length_s = sum(one.until_s - one.from_s for one in stretches)
    assert size * parts / messages_per_s == pytest.approx(length_s)
    for one in stretches:
        for at_s in np.linspace(one.from_s + 1e-3, one.until_s - 1e-3, 7) if one.until_s > one.from_s + 1 else ():
            hour = at_s / HOUR_S % 24
            assert not (hour - from_h) % 24 < quiet_h
