"""The published numbers and what the theory says: the rows of the table in docs/surge-theory.md."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, pi

import numpy as np

from load.theory.erlang_a import erlang_a
from load.theory.erlang_c import erlang_c
from load.theory.goal import ServiceLevel
from load.theory.infinite_server import sinusoidal_load
from load.theory.staffing import agents_needed
from load.theory.surge_load import SurgeLoad

Row = tuple[str, str, str, str]


def rows() -> Iterator[Row]:
    """What is asked about, which figure, the published value, and ours with two digits more."""
    yield from _fifty_agents()
    yield from _half_an_hour()
    yield from _hundred_agents()
    yield from _over_time()


def table() -> str:
    """The rows in Markdown."""
    heads = ["| queue | figure | published | computed |", "|---|---|--:|--:|"]
    return "\n".join([*heads, *(f"| {' | '.join(row)} |" for row in rows())])


def _fifty_agents() -> Iterator[Row]:
    where = "50 agents, 48 calls/min of 1 min"
    endless, impatient = erlang_c(50, 2880, 60), erlang_a(50, 2880, 60, 120)
    yield f"C: {where}", "P(W > 0)", "0.6945", f"{endless.p_wait:.6f}"
    yield f"C: {where}", "E[W]", "20.83 s", f"{endless.mean_wait_s:.4f} s"
    yield f"C: {where}", "W90", "58.14 s", f"{endless.wait_quantile_s(0.9):.4f} s"
    yield f"A: {where}, patience 2 min", "P(W > 0)", "0.46777", f"{impatient.p_wait:.7f}"
    yield f"A: {where}, patience 2 min", "P(abandon)", "0.03091", f"{impatient.p_abandon:.7f}"
    yield f"A: {where}, patience 2 min", "E[W]", "3.71 s", f"{impatient.mean_wait_s:.4f} s"
    yield f"A: {where}, patience 2 min", "W90", "12.44 s", f"{impatient.wait_quantile_s(0.9):.4f} s"
    yield f"A: {where}, patience 2 min", "utilisation", "0.9303", f"{impatient.utilisation:.6f}"


def _half_an_hour() -> Iterator[Row]:
    where = "14 agents, 100 calls/30 min of 3 min"
    endless, impatient = erlang_c(14, 200, 180), erlang_a(14, 200, 180, 300)
    yield f"C: {where}", "P(W > 0)", "0.174132", f"{endless.p_wait:.8f}"
    yield f"C: {where}", "within 20 s", "0.888350", f"{endless.service_level(20):.8f}"
    yield f"A: {where}, patience 5 min", "P(W > 0)", "0.145260", f"{impatient.p_wait:.8f}"
    yield f"A: {where}, patience 5 min", "P(abandon)", "0.013984", f"{impatient.p_abandon:.8f}"
    yield f"A: {where}, patience 5 min", "within 20 s", "0.916792", f"{impatient.service_level(20):.8f}"
    goal = ServiceLevel(0.8, 20)
    yield "A: the same calls, 80 % within 20 s", "agents", "13", str(agents_needed(goal, 200, 180, 300))
    yield "C: the same calls, 80 % within 20 s", "agents", "14", str(agents_needed(goal, 200, 180, inf))


def _hundred_agents() -> Iterator[Row]:
    published = ((0.8, ".9965", ".0006"), (1.0, ".7265", ".0399"), (1.2, ".1095", ".1677"), (1.5, ".0001", ".3333"))
    for load, answered, given_up in published:
        found = erlang_a(100, load * 1200, 300, 300)
        where = f"A: 100 agents, load {load}, calls and patience of 300 s"
        yield where, "within 20 s", answered, f"{found.service_level(20):.6f}"[1:]
        yield where, "P(abandon)", given_up, f"{found.p_abandon:.6f}"[1:]


def _over_time() -> Iterator[Row]:
    times = np.linspace(0, 2 * pi, 200_001)
    loads = np.array([sinusoidal_load(t, 100, 20, 1, 1) for t in times])
    yield "λ(t) = 100 + 20 sin t, μ = θ = 1", "greatest mean", "114.1421", f"{loads.max():.6f}"
    yield "λ(t) = 100 + 20 sin t, μ = θ = 1", "at", "3π/4 = 2.3562", f"{times[loads.argmax()]:.4f}"
    for delay_min, erlangs, after in ((60, "170.83", "9.46 min"), (10, "716.29", "5.16 min")):
        at_s, peak = SurgeLoad(4000, delay_min * 60, 180).peak
        where = f"10,000 reminded, 40 % call, delay {delay_min} min, calls of 3 min"
        yield where, "greatest load", erlangs, f"{peak:.4f}"
        yield where, "after", after, f"{at_s / 60:.4f} min"


if __name__ == "__main__":
    print(table())  # noqa: T201
