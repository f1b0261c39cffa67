"""In the steady state the simulation is Erlang A, within three standard deviations."""

from __future__ import annotations

import numpy as np
import pytest

from load.plan.reading import parse_plan
from load.simulation.simulate import simulate
from load.theory.erlang_a import erlang_a

STEADY = """
begins = "2006-08-21T00:00:00+08:00"
ends = "2006-08-25T00:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 0
start = "2006-08-21T00:00:00+08:00"
[background]
mzone = {calls_per_h}
[call]
handle = {{ law = "exponential", mean_s = 180 }}
patience = {{ law = "exponential", mean_s = 120 }}
[agents]
mzone = {agents}
{more}
"""
LONG_WAY = "[lines]\nlines = 1000000\n"


@pytest.mark.parametrize("more", ["", LONG_WAY])
@pytest.mark.parametrize(("agents", "load"), [(10, 0.9), (100, 1.1)])
def test_a_steady_queue_is_that_of_theory(agents: int, load: float, more: str) -> None:
    calls_per_h = agents * load * 3600 / 180
    plan = parse_plan(STEADY.format(calls_per_h=calls_per_h, agents=agents, more=more), "steady")
    found = simulate(plan, replications=20, seed=1).brand("mzone")
    theory = erlang_a(agents, calls_per_h, 180, 120)
    for name, expected in (("abandoned_share", theory.p_abandon), ("mean_wait_s", theory.mean_wait_s),
                           ("wait_p90_s", theory.wait_quantile_s(0.9))):  # fmt: skip
        values = found.values[name]
        sigma = np.std(values, ddof=1) / len(values) ** 0.5
        assert abs(np.mean(values) - expected) < 3 * sigma + 0.002 * expected, name
    busy = found.quarters.busy_agents[8:].mean()
    assert agents * theory.utilisation == pytest.approx(busy, rel=0.01)
