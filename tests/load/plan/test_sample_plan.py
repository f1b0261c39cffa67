"""The plan of the sample campaign is one a planner could use."""

from pathlib import Path

import numpy as np

from load.arrivals.curve import expected_callers
from load.plan.reading import load_plan
from load.plan.surge_plan import SurgePlan

SAMPLE = Path(__file__).parents[3] / "scenarios" / "sample" / "surge.toml"


def sample_plan() -> SurgePlan:
    return load_plan(SAMPLE)


def test_the_sample_plans_all_25_batches_both_waves_of_second_reminders_and_the_daily_trickle() -> None:
    by_kind = {kind: {one.number for one in sample_plan().batches if one.callback.kind == kind}
               for kind in ("existing", "second", "order")}  # fmt: skip
    assert set(range(1, 26)) == by_kind["existing"]
    assert (10, 3) == (len(by_kind["second"]), len(by_kind["order"]))


def test_40_percent_of_those_reminded_are_expected_to_call() -> None:
    plan = sample_plan()
    edges_s = np.array([0.0, plan.length_s])
    for brand in plan.brands:
        of_batches = sum(one.size * one.callback.share for one in plan.batches if one.brand == brand)
        ordinary = expected_callers(plan, brand, edges_s)[0] - of_batches
        days = plan.length_s / 86_400
        assert 0.9 < ordinary / (days * (14 * 60 + 10 * 12)) < 1.1
    assert {0.4} == {one.callback.share for one in plan.batches if one.callback.kind != "order"}
