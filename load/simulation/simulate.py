"""Many replications of a plan on many cores: the same result whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal

import numpy as np

from dialtest.clock import monotonic_s
from dialtest.errors import DialtestError
from dialtest.language import _
from load.arrivals.curve import expected_callers
from load.plan.planned import only_planned
from load.plan.surge_plan import SurgePlan
from load.simulation.replication import Replication, replicate
from load.simulation.simulated import Simulated, simulated

MOST_CALLS = 10_000_000
WORTH_CALLS = 20_000_000
"""So many attempts are played where nobody says how many replications: some seconds of work."""
MOST_AT_ONCE = 2 * MOST_CALLS
"""So many attempts are in memory at once, about 300 bytes each, whatever `jobs` says."""
FEWEST, USUAL = 10, 100

OnDone = Callable[[int], None]


def simulate(
    plan: SurgePlan,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    on_done: OnDone | None = None,
) -> Simulated:
    """Play a plan `replications` times, with the plan's seed unless one is given.

    Two plans played with the same seed have the same callers, as far as they can (common random numbers). jobs: on how
    many processes. on_done: is told how many replications are done. Batches without a start are left out. Raises
    DialtestError where no batch has a start, or a replication would have more than 10 million calls.
    """
    plan, _unplanned = only_planned(plan)
    if not all(desk.most_agents for desk in plan.desks):
        raise ValueError("a desk without agents on the whole day answers nobody")
    seed = plan.seed if seed is None else seed
    usual = usual_replications(plan)
    count = usual if replications is None else replications
    jobs = int(min(jobs, count, max(1, MOST_AT_ONCE // max(calls_of(plan), 1))))
    work = partial(replicate, plan, seed)
    replicate(_tiny(plan), seed, 0)
    if jobs <= 1:
        began_s = monotonic_s()
        found = simulated(plan, seed, _told(map(work, range(count)), on_done))
        return replace(found, seconds=monotonic_s() - began_s)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_to_parent) as pool:
        list(pool.map(partial(replicate, _tiny(plan), seed), range(jobs)))
        began_s = monotonic_s()
        chunk = max(1, min(16, count // (4 * jobs)))
        found = simulated(plan, seed, _told(pool.map(work, range(count), chunksize=chunk), on_done))
        return replace(found, seconds=monotonic_s() - began_s)


def usual_replications(plan: SurgePlan) -> int:
    """How many replications are played where nobody says: 100, fewer of huge plans. Refuses what is too large."""
    calls = calls_of(plan)
    if calls > MOST_CALLS:
        raise DialtestError(
            _("The plan has about {calls} calls; at most {most} are simulated at once.").format(
                calls=f"{calls:,.0f}", most=f"{MOST_CALLS:,}"
            ),
            _("State `begins` and `ends` so that fewer days are looked at, or fewer batches."),
        )
    return int(np.clip(WORTH_CALLS / max(calls, 1), FEWEST, USUAL))


def calls_of(plan: SurgePlan) -> float:
    """How many attempts a replication has at most, as expected: each caller redials as often as willing."""
    redial = plan.call.redial
    tries = 1 + redial.most if redial.share >= 1 else (1 - redial.share ** (redial.most + 1)) / (1 - redial.share)
    edges_s = np.array([0.0, plan.length_s])
    return tries * float(sum(expected_callers(plan, brand, edges_s).sum() for brand in plan.brands))


def _leave_to_parent() -> None:
    """Ctrl-C ends the parent, which has the processes end what they are at."""
    signal(SIGINT, SIG_IGN)


def _tiny(plan: SurgePlan) -> SurgePlan:
    """The plan with nobody calling, to have the code compiled before the clock runs."""
    batches = tuple(replace(batch, size=0) for batch in plan.batches)
    return replace(plan, batches=batches, background_per_h={})


def _told(found: Iterator[Replication], on_done: OnDone | None) -> Iterator[Replication]:
    for done, one in enumerate(found, 1):
        yield one
        if on_done:
            on_done(done)
