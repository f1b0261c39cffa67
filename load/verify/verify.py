"""Runs the three answers one after the other."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from dialtest.errors import DialtestError
from dialtest.language import _
from load.callers.measure import measure
from load.measured import Measured
from load.plan.planned import only_planned
from load.plan.surge_plan import SurgePlan
from load.simulation.replication import replicate
from load.simulation.simulate import calls_of, simulate
from load.verify.sandbox_hotline import sandbox_hotline
from load.verify.theory import out_of_reach, theory_of
from load.verify.verified import Verified, rows

MOST_CALLS = 300_000
LONGEST_LOAD_S = 3600.0


class Stage(IntEnum):
    """What is done, in its order."""

    THEORY = 1
    SIMULATION = 2
    SAME_CALLS = 3
    LOAD = 4


def verify(
    plan: SurgePlan,
    replications: int,
    seed: int,
    jobs: int = 1,
    speed: float | None = 60.0,
    on_done: Callable[[Stage], None] = lambda stage: None,
) -> Verified:
    """The plan's answers by theory, by simulation, and by load at `speed` seconds of the plan a second (None: no load).

    The load goes to a hotline of the sandbox that is started for it on this machine. Raises DialtestError for a plan
    without calls, and for one whose load would take more than an hour or more than 300,000 calls.
    """
    plan, _unplanned = only_planned(plan)
    if speed is not None:
        _check_load(plan, speed)
    theory = theory_of(plan)
    on_done(Stage.THEORY)
    simulated = simulate(plan, replications, seed, jobs)
    on_done(Stage.SIMULATION)
    same_calls = replicate(plan, seed, 0).tallies
    on_done(Stage.SAME_CALLS)
    run = _load(plan, seed, speed) if speed is not None else None
    on_done(Stage.LOAD)
    return Verified(tuple(rows(dict(theory), simulated, same_calls, run)), out_of_reach(plan), simulated, run)


def _load(plan: SurgePlan, seed: int, speed: float) -> Measured:
    with sandbox_hotline(plan, speed) as addresses:
        return measure(plan, addresses.sip, addresses.http, speed=speed, seed=seed)


def _check_load(plan: SurgePlan, speed: float) -> None:
    if plan.length_s / speed > LONGEST_LOAD_S or calls_of(plan) > MOST_CALLS:
        raise DialtestError(
            _("The load would take {minutes} min and {calls} calls.").format(
                minutes=round(plan.length_s / speed / 60), calls=f"{calls_of(plan):,.0f}"
            ),
            _("Look at a part of the plan (--from, --until), raise --speed, or leave the load out (--without-load)."),
        )
