"""The simulation of the hotline beside SimPy and Ciw: the same queue, the same question, in turns on one core.

Run as `python -m tests.bench.surge ROUNDS`, with simpy and ciw installed (`make bench` sees to it). The queue is
M/M/n+M: 100 agents, 10 % more calls than they can do, handle time 180 s, patience 120 s, all exponential. Drawing the
calls counts in everybody's time. The full model's own rate stands beside it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median

import ciw
import simpy

from dialtest.clock import monotonic_s
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan
from load.simulation.simulate import simulate
from load.theory.erlang_a import erlang_a

AGENTS, HANDLE_S, PATIENCE_S = 100, 180.0, 120.0
CALLS_PER_S = 1.1 * AGENTS / HANDLE_S
REPLICATIONS, SIMPY_CALLS, CIW_CALLS, FULL_REPLICATIONS = 100, 300_000, 120_000, 10
EMPTY_CALLS = 40 * AGENTS
"""So many calls at the beginning, when nobody is there yet, are not counted by the peers; ours plays far longer."""

BASE = f"""
begins = "2006-08-21T00:00:00+08:00"
ends = "2006-08-25T00:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 0
start = "2006-08-21T00:00:00+08:00"
[background]
mzone = {3600 * CALLS_PER_S}
[call]
handle = {{ law = "exponential", mean_s = {HANDLE_S} }}
patience = {{ law = "exponential", mean_s = {PATIENCE_S} }}
[agents]
mzone = {AGENTS}
"""
NIGHT, MORNING = (0.1, 0.1, 0.1, 0.1, 0.1, 0.2), (0.4, 0.8, 1.0, 1.4, 1.5, 1.5)
HOURS = (*NIGHT, *MORNING, 1.2, 1.2, 1.4, 1.4, 1.3, 1.2, 1.0, 1.0, 0.8, 0.6, 0.4, 0.2)
FULL = f"""
begins = "2006-08-21T08:00:00+08:00"
ends = "2006-08-23T08:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 250000
start = "2006-08-21T10:00:00+08:00"
messages_per_s = 20
[[batch]]
number = 2
brand = "easyown"
size = 150000
start = "2006-08-22T10:00:00+08:00"
messages_per_s = 20
[callback]
share = 0.4
delay = {{ law = "exponential", mean_s = 3600 }}
[call]
handle = {{ law = "lognormal", mean_s = 180, sigma = 0.8 }}
patience = {{ law = "exponential", mean_s = 120 }}
redial = {{ share = 0.5, delay = {{ law = "exponential", mean_s = 600 }} }}
[background]
mzone = {[1500 * share for share in HOURS]}
easyown = {[1000 * share for share in HOURS]}
[agents]
mzone = [
  {{ from = "00:00", until = "08:00", agents = 40 }},
  {{ from = "08:00", until = "22:00", agents = 350 }},
  {{ from = "22:00", until = "24:00", agents = 60 }},
]
easyown = [
  {{ from = "00:00", until = "08:00", agents = 30 }},
  {{ from = "08:00", until = "22:00", agents = 200 }},
  {{ from = "22:00", until = "24:00", agents = 50 }},
]
[emergency]
"""


@dataclass(frozen=True)
class Found:
    """How many calls in how long, and the answers."""

    calls: int
    seconds: float
    p_abandon: float
    mean_wait_s: float

    @property
    def calls_per_second(self) -> float:
        return self.calls / self.seconds


def ours(plan: SurgePlan, replications: int) -> Found:
    """What `dialtest surge simulate` does, without printing it."""
    began_s = monotonic_s()
    done = simulate(plan, replications, seed=1)
    brands = done.brands
    gave_up = sum(float(one.counts["abandoned"].sum()) for one in brands)
    waited_s = sum(float(one.counts["waited_s"].sum()) for one in brands)
    return Found(done.attempts, monotonic_s() - began_s, gave_up / done.attempts, waited_s / done.attempts)


def by_simpy() -> Found:
    """A process for each caller, who waits for an agent or until patience ends."""
    chance, env = random.Random(1), simpy.Environment()
    desk = simpy.Resource(env, AGENTS)
    waits: list[tuple[bool, float]] = []

    def caller() -> Iterator[object]:
        asked_s = env.now
        with desk.request() as agent:
            got = yield agent | env.timeout(chance.expovariate(1 / PATIENCE_S))
            waits.append((agent in got, env.now - asked_s))
            if agent in got:
                yield env.timeout(chance.expovariate(1 / HANDLE_S))

    def callers() -> Iterator[object]:
        for _ in range(SIMPY_CALLS):
            yield env.timeout(chance.expovariate(CALLS_PER_S))
            env.process(caller())

    began_s = monotonic_s()
    env.process(callers())
    env.run()
    return _found(SIMPY_CALLS, monotonic_s() - began_s, waits[EMPTY_CALLS:])


def by_ciw() -> Found:
    """A node with 100 servers whose customers renege."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(CALLS_PER_S)],
        service_distributions=[ciw.dists.Exponential(1 / HANDLE_S)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE_S)],
        number_of_servers=[AGENTS],
    )
    began_s = monotonic_s()
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(CIW_CALLS, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    seconds = monotonic_s() - began_s
    waits = [(record.record_type == "service", record.waiting_time) for record in records]
    return _found(len(records), seconds, waits[EMPTY_CALLS:])


def _found(calls: int, seconds: float, waits: list[tuple[bool, float]]) -> Found:
    gave_up = sum(not answered for answered, _ in waits)
    return Found(calls, seconds, gave_up / len(waits), sum(wait_s for _, wait_s in waits) / len(waits))


def measure(rounds: int) -> dict[str, object]:
    """Everybody in turns, so that a machine that slows down slows all; medians of rates and of ratios."""
    base, full = parse_plan(BASE, "base"), parse_plan(FULL, "full")
    ours(base, 1)
    ours(full, 1)
    players: dict[str, Callable[[], Found]] = {
        "dialtest": lambda: ours(base, REPLICATIONS),
        "simpy": by_simpy,
        "ciw": by_ciw,
        "dialtest_full_model": lambda: ours(full, FULL_REPLICATIONS),
    }
    played: dict[str, list[Found]] = {name: [] for name in players}
    for _ in range(rounds):
        for name, play in players.items():
            played[name].append(play())
    rates = {name: [round(one.calls_per_second) for one in found] for name, found in played.items()}
    medians = {name: median(found) for name, found in rates.items()}
    theory = erlang_a(AGENTS, 3600 * CALLS_PER_S, HANDLE_S, PATIENCE_S)
    told: dict[str, object] = {"exact": {"p_abandon": theory.p_abandon, "mean_wait_s": theory.mean_wait_s}}
    for name, found in played.items():
        least_and_most = [min(rates[name]), max(rates[name])]
        told[name] = asdict(found[-1]) | {"calls_per_second": medians[name], "calls_per_second_min_max": least_and_most}
    ratios = {}
    for peer in ("simpy", "ciw"):
        in_turns = zip(rates["dialtest"], rates[peer], strict=True)
        ratios[f"to_{peer}"] = round(median(mine / theirs for mine, theirs in in_turns), 1)
    return told | {"ratios": ratios}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
