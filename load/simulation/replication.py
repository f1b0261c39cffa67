"""One replication of a plan: calls drawn by a seed, played, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from load.arrivals.calls import Calls, draw_calls
from load.law import Array
from load.plan.surge_plan import SurgePlan
from load.simulation.counts import quarters, tallies
from load.simulation.exchange import new_exchange
from load.simulation.fates import Fates, fates_of
from load.simulation.play import play
from load.simulation.records import NOT_MADE
from load.simulation.recursion import is_short, play_in_order
from load.simulation.waits import Histogram, histogram
from load.tally import Tally

CREW = 2**31


@dataclass(frozen=True, slots=True)
class Replication:
    """By brand: counts, quarter hours (see `counts.quarters`) and waits (see `waits.histogram`)."""

    tallies: tuple[Tally, ...]
    quarters: Array
    waits: tuple[Histogram, ...]


def replicate(plan: SurgePlan, seed: int, replication: int) -> Replication:
    """The replication of this number: the same for a plan and a seed, wherever it is worked out."""
    calls = draw_calls(plan, seed, replication)
    fates = fates_for(plan, calls, _crew_handle_s(plan, len(calls), seed, replication))
    brands = len(plan.brands)
    brand_of_try = np.repeat(calls.brand, np.diff(calls.first))
    return Replication(
        tallies(calls, fates, brands),
        quarters(calls, fates, brands, plan.length_s),
        tuple(
            histogram(fates.waited_s[(brand_of_try == brand) & (fates.outcome != NOT_MADE)]) for brand in range(brands)
        ),
    )


def fates_for(plan: SurgePlan, calls: Calls, crew_handle_s: Array) -> Fates:
    """What becomes of these calls."""
    return play_in_order(plan, calls) if is_short(plan) else play_by_event(plan, calls, crew_handle_s)


def play_by_event(plan: SurgePlan, calls: Calls, crew_handle_s: Array) -> Fates:
    """What becomes of these calls, whatever the plan has."""
    exchange = new_exchange(plan, calls, crew_handle_s)
    play(exchange)
    return fates_of(exchange.tries)


def _crew_handle_s(plan: SurgePlan, callers: int, seed: int, replication: int) -> Array:
    """How long a call back to each caller takes; exponential, as the sandbox has it."""
    if plan.emergency is None:
        return np.zeros(callers)
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, replication, CREW])))
    return generator.standard_exponential(callers) * plan.emergency.call_back_mean_s
