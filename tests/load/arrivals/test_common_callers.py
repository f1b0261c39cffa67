"""Plans that differ in one thing have the same callers for the rest, so that they can be compared caller by caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from load.arrivals.calls import BACKGROUND, Calls, draw_calls
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan
from tests.load.simulation.plans import AGENTS, MENU, a_plan


def of_batch(calls: Calls, number: int) -> list[np.ndarray]:
    """Handle time, choice and patience of the first try, of the callers of a batch, in their order."""
    there = calls.batch == number
    return [calls.handle_s[there], calls.choice[there], calls.patience_s[calls.first[:-1][there]]]


def moved(plan: SurgePlan, later_s: float) -> SurgePlan:
    batches = tuple(
        replace(batch, start=batch.start + timedelta(seconds=later_s)) for batch in plan.batches if batch.start
    )
    return replace(plan, batches=batches)


def test_a_batch_that_is_moved_brings_the_same_callers_later() -> None:
    plan = a_plan(until=20)
    before, after = draw_calls(plan, 3), draw_calls(moved(plan, 1800), 3)
    np.testing.assert_allclose(before.at_s[before.batch == 1] + 1800, after.at_s[after.batch == 1])
    for one, other in zip(of_batch(before, 1), of_batch(after, 1), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_batch_that_is_moved_leaves_the_others_as_they_are() -> None:
    plan = a_plan()
    before, after = draw_calls(plan, 3), draw_calls(moved(plan, 1800), 3)
    np.testing.assert_array_equal(before.at_s[before.batch == BACKGROUND], after.at_s[after.batch == BACKGROUND])
    for one, other in zip(of_batch(before, BACKGROUND), of_batch(after, BACKGROUND), strict=True):
        np.testing.assert_array_equal(one, other)


def test_more_redials_and_a_menu_change_nothing_else() -> None:
    plain, more = draw_calls(a_plan(redial=0.0), 3), draw_calls(a_plan(MENU + AGENTS, redial=0.8), 3)
    np.testing.assert_array_equal(plain.at_s, more.at_s)
    for number in (BACKGROUND, 1):
        for one, other in zip(of_batch(plain, number), of_batch(more, number), strict=True):
            np.testing.assert_array_equal(one, other)


def test_callers_come_in_order_and_are_willing_to_redial_as_the_plan_says() -> None:
    calls = draw_calls(a_plan(size=20_000, redial=0.5), 1)
    tries = np.diff(calls.first)
    assert (np.diff(calls.at_s) >= 0).all()
    assert (calls.redial_after_s[calls.first[:-1]] == 0).all()
    assert abs(np.mean(tries) - 2.0) < 0.06
    assert abs(np.mean(calls.redial_after_s[calls.redial_after_s > 0]) - 300) < 10


def test_who_would_call_after_the_end_does_not() -> None:
    whole, cut = draw_calls(a_plan(until=13), 5), draw_calls(a_plan(until=10), 5)
    assert cut.at_s[-1] < 3600
    there = whole.at_s[whole.batch == 1] < 3600
    np.testing.assert_array_equal(whole.at_s[whole.batch == 1][there], cut.at_s[cut.batch == 1])
    assert len(cut.patience_s) == cut.first[-1]


def test_who_calls_just_on_a_quarter_hour_is_not_left_out() -> None:
    plan = parse_plan(
        """
        [[batch]]
        number = 1
        brand = "mzone"
        size = 1000
        start = "2006-08-21T09:00:00+08:00"
        [callback]
        share = 1
        delay = { law = "constant", mean_s = 900 }
        [agents]
        mzone = 1
        """,
        "plan",
    )
    assert abs(len(draw_calls(plan, 1)) - 1000) < 150
