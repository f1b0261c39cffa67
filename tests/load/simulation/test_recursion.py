"""The short way gives every try the fate it has event by event."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.arrivals.calls import draw_calls
from load.simulation.recursion import is_short, play_in_order
from load.simulation.replication import play_by_event
from tests.load.simulation.plans import AGENTS, EMERGENCY, LINES, MENU, POOL, SHIFTS, a_plan


@pytest.mark.parametrize("law", ["exponential", "constant"])
@pytest.mark.parametrize("agents", [AGENTS, SHIFTS])
@pytest.mark.parametrize("redial", [0.0, 0.6])
def test_every_try_fares_the_same_both_ways(law: str, agents: str, redial: float) -> None:
    plan = a_plan(agents, size=3000, redial=redial, law=law)
    calls = draw_calls(plan, 7)
    assert is_short(plan)
    for short, long in zip(play_in_order(plan, calls), play_by_event(plan, calls, np.zeros(len(calls))), strict=True):
        np.testing.assert_allclose(short, long, atol=1e-6)


SHIFTING = """
[agents]
mzone = [{rows}]
"""


@settings(max_examples=60)
@given(
    edges=st.lists(st.integers(1, 95), min_size=1, max_size=8, unique=True).map(sorted),
    agents=st.lists(st.integers(0, 12), min_size=9, max_size=9).filter(any),
    seed=st.integers(0, 1000),
)
def test_whatever_the_shifts(edges: list[int], agents: list[int], seed: int) -> None:
    quarters = [0, *edges, 96]
    times = [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in quarters]
    agents[0] = agents[0] or 1
    rows = ", ".join(
        f'{{ from = "{begins}", until = "{ends}", agents = {count} }}'
        for begins, ends, count in zip(times, times[1:], agents, strict=False)
    )
    plan = a_plan(SHIFTING.format(rows=rows) + "[background]\nmzone = 120\n", size=500)
    calls = draw_calls(plan, seed)
    for short, long in zip(play_in_order(plan, calls), play_by_event(plan, calls, np.zeros(len(calls))), strict=True):
        np.testing.assert_allclose(short, long, atol=1e-6)


@pytest.mark.parametrize("added", [AGENTS + EMERGENCY, AGENTS + POOL, AGENTS + LINES, MENU + AGENTS])
def test_what_the_short_way_does_not_know_goes_the_long_way(added: str) -> None:
    assert not is_short(a_plan(added))
