"""Many replications: the same whatever the number of processes, with intervals, compared caller by caller."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dialtest.errors import DialtestError
from load.plan.surge_plan import SurgePlan
from load.simulation.compared import compared
from load.simulation.estimate import estimate
from load.simulation.simulate import simulate
from load.simulation.simulated import Simulated
from tests.load.simulation.plans import AGENTS, EVERYTHING, a_plan


def told(found: Simulated) -> dict[str, object]:
    return {name: value for name, value in found.as_object().items() if name != "calls_per_second"}


def with_more_agents(plan: SurgePlan, more: int) -> SurgePlan:
    shifts = tuple(replace(one, agents=one.agents + more) for one in plan.desks[0].shifts)
    return replace(plan, desks=(replace(plan.desks[0], shifts=shifts), *plan.desks[1:]))


def test_the_result_is_the_same_on_two_processes() -> None:
    plan = a_plan(EVERYTHING, until=11)
    done: list[int] = []
    assert told(simulate(plan, 6)) == told(simulate(plan, 6, jobs=2, on_done=done.append))
    assert [1, 2, 3, 4, 5, 6] == done


def test_another_seed_gives_other_calls() -> None:
    plan = a_plan()
    assert told(simulate(plan, 3, seed=1)) != told(simulate(plan, 3, seed=2))


def test_an_interval_is_that_of_student() -> None:
    found = estimate(np.array([1.0, 2.0, 3.0, 4.0]))
    half = 3.182446 * np.std([1, 2, 3, 4], ddof=1) / 2
    assert [2.5, 2.5 - half, 2.5 + half] == pytest.approx([found.mean, found.low, found.high])
    assert {"mean": 2.0, "low": None, "high": None} == estimate(np.array([2.0])).as_object()
    assert 1.0 == estimate(np.array([0.9, 1.0]), 0, 1).high


def test_the_same_callers_make_the_difference_of_two_plans_sharper() -> None:
    plan = a_plan(size=3000)
    one, other = simulate(plan, 20), simulate(with_more_agents(plan, 2), 20)
    mzone = compared(one, other)[0].figures["connection_rate_by_attempts"]
    alone = one.brands[0].connection_rate_by_attempts
    assert mzone.low > 0
    assert mzone.high - mzone.low < (alone.high - alone.low) / 2
    with pytest.raises(ValueError, match="same seed"):
        compared(one, simulate(plan, 20, seed=7))


def test_quarter_hours_add_up_to_the_whole() -> None:
    plan = a_plan(EVERYTHING, until=13)
    for brand in simulate(plan, 5).brands:
        quarters = brand.quarters
        ended = quarters.answered + quarters.abandoned + quarters.diverted + quarters.busy
        np.testing.assert_allclose(quarters.attempts, ended)
        assert quarters.attempts.sum() == pytest.approx(brand.mean("attempts"), rel=0.01)
        assert quarters.waiting.sum() * 900 == pytest.approx(brand.mean("waited_s"), rel=0.01)
        assert brand.waits.sum() == brand.counts["attempts"].sum()


def test_a_plan_that_is_too_large_or_has_no_start_is_refused() -> None:
    plan = a_plan()
    with pytest.raises(DialtestError, match="10,000,000"):
        simulate(replace(plan, background_per_h={"mzone": (25_000_000.0,) * 24}), 1)
    unplanned = replace(plan, batches=tuple(replace(batch, start=None) for batch in plan.batches))
    with pytest.raises(DialtestError):
        simulate(unplanned, 1)


def test_a_standard_is_held_where_the_whole_interval_is_above_it() -> None:
    plan = a_plan(AGENTS)
    poor, rich = (simulate(with_more_agents(plan, more), 5).brands[0] for more in (-10, 200))
    assert ("not held", "held") == (poor.held, rich.held)
    assert "uncertain" == simulate(plan, 1).brands[0].held
