"""Run by itself: how every try of some plans fares, event by event and the short way, as one line of digests.

With NUMBA_DISABLE_JIT=1 in the environment the same functions run as plain Python.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from load.arrivals.calls import draw_calls
from load.plan.surge_plan import SurgePlan
from load.simulation.counts import quarters, tallies
from load.simulation.fates import Fates
from load.simulation.recursion import is_short
from load.simulation.replication import fates_for
from tests.load.simulation.plans import AGENTS, EVERYTHING, SHIFTS, a_plan


def plans() -> list[SurgePlan]:
    return [
        a_plan(AGENTS, size=500, until=10),
        a_plan(SHIFTS, size=800, redial=0.7, until=11),
        a_plan(EVERYTHING, size=1500, redial=0.7, until=11),
    ]


def digest(plan: SurgePlan) -> str:
    """Every outcome and every time to the microsecond, the counts, and the quarter hours."""
    calls = draw_calls(plan, 1)
    fates: Fates = fates_for(plan, calls, np.full(len(calls), 100.0))
    told = [fates.outcome, fates.amends, np.round(fates.asked_s, 6), np.round(fates.waited_s, 6)]
    told.append(np.round(quarters(calls, fates, len(plan.brands), plan.length_s), 3))
    counted = str(tallies(calls, fates, len(plan.brands)))
    return f"{is_short(plan)} {sha256(b''.join(one.tobytes() for one in told)).hexdigest()[:16]} {counted}"


if __name__ == "__main__":
    print("\n".join(digest(plan) for plan in plans()))  # noqa: T201 - another process reads it
