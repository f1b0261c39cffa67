"""The short way to play a plan without emergency flow, pools, menu or lines that can be full, compiled.

First come, first served: the next caller gets the agent who comes free first, or gives up before that. So the fate of
a try is known when it asks, and the only events are redials. The same fates as event by event (`play`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from load.arrivals.calls import BY_PHONE, Calls
from load.law import Array
from load.plan.surge_plan import Desk, SurgePlan
from load.simulation.agenda import REDIALS, enter, take_first
from load.simulation.compiled import compiled
from load.simulation.exchange import changes_of
from load.simulation.fates import Fates, new_fates
from load.simulation.free_times import add, put_first, remove_first
from load.simulation.records import ABANDONED, ANSWERED, EVENT, HOUSE, Records
from load.simulation.seats import next_change_s, turn


class Asked(NamedTuple):
    """What is asked of one desk: see `Calls`; `who` of all callers are the desk's, oldest first."""

    who: npt.NDArray[np.int64]
    at_s: Array
    handle_s: Array
    patience_s: Array
    redial_after_s: Array
    first: npt.NDArray[np.int64]


class Agents(NamedTuple):
    """The desk's agents: when each comes free, how their number changes (see `records.CHANGE`).

    `seats`: SEATED, of whom some may still end a call before they go home, and DUE, how many there are to be.
    """

    free_s: Array
    changes: Records
    seats: npt.NDArray[np.int64]


SEATED, DUE = 0, 1


def is_short(plan: SurgePlan) -> bool:
    """Whether a plan can be played this way."""
    return plan.emergency is None and not plan.pools and plan.call.menu is None and plan.lines.lines is None


def play_in_order(plan: SurgePlan, calls: Calls) -> Fates:
    """What becomes of these calls; each brand has its own queue and agents, and knows nothing of the others."""
    fates = new_fates(int(calls.first[-1]))
    changes = changes_of(plan)
    for brand, desk in enumerate(plan.desks):
        who = np.flatnonzero((calls.brand == brand) & (calls.way == BY_PHONE))
        redials = len(who) if plan.call.redial.share > 0 else 0
        _play(
            Asked(who, calls.at_s, calls.handle_s, calls.patience_s, calls.redial_after_s, calls.first),
            _agents(desk, changes[changes["group"] == brand], plan.clock_begins_s),
            np.empty(redials + 1, EVENT),
            np.zeros(1, HOUSE),
            calls.first[:-1].copy() if redials else calls.first,
            fates,
        )
    return fates


def _agents(desk: Desk, changes: Records, second_of_day: float) -> Agents:
    agents = desk.agents_at(second_of_day)
    free_s = np.full(desk.most_agents, np.inf)
    free_s[:agents] = 0.0
    return Agents(free_s, changes, np.array([agents, agents]))


@compiled
def _play(
    asked: Asked, agents: Agents, events: Records, house: Records, trying: npt.NDArray[np.int64], fates: Fates
) -> None:
    """Let callers and redials ask in the order of time; house: only its marks of events and changes are used."""
    place, callers = 0, len(asked.who)
    change_s = next_change_s(agents.changes, house)
    while place < callers or house[0]["events"] > 0:
        call_s = asked.at_s[asked.who[place]] if place < callers else np.inf
        if house[0]["events"] > 0 and events[0]["when_s"] <= call_s:
            now_s, _, who = take_first(events, house)
            trying[who] += 1
        else:
            now_s, who = call_s, asked.who[place]
            place += 1
        if change_s <= agents.free_s[0] or change_s <= now_s or agents.seats[SEATED] > agents.seats[DUE]:
            change_s = _change_until_one_is_free(agents, house, now_s)
        attempt = trying[who]
        given_up_s = now_s + asked.patience_s[attempt]
        fates.asked_s[attempt] = now_s
        if given_up_s >= agents.free_s[0]:
            start_s = max(now_s, agents.free_s[0])
            fates.outcome[attempt] = ANSWERED
            fates.waited_s[attempt] = start_s - now_s
            put_first(agents.free_s, agents.seats[SEATED], start_s + asked.handle_s[who])
        else:
            fates.outcome[attempt] = ABANDONED
            fates.waited_s[attempt] = given_up_s - now_s
            if attempt + 1 < asked.first[who + 1]:
                enter(events, house, given_up_s + asked.redial_after_s[attempt + 1], REDIALS, who)


@compiled
def _change_until_one_is_free(agents: Agents, house: Records, now_s: float) -> float:
    """Let all changes be that come before the next agent is free, and agents who are not due any more go home.

    When the change after those is. Somebody sits there then: a desk is never without agents for a whole day.
    """
    free_s, seats = agents.free_s, agents.seats
    while True:
        change_s = next_change_s(agents.changes, house)
        start_s = max(now_s, free_s[0]) if seats[SEATED] > 0 else np.inf
        if change_s <= start_s and change_s < np.inf:
            seats[DUE] = agents.changes[house[0]["change"]]["agents"]
            turn(agents.changes, house)
            while seats[SEATED] < seats[DUE]:
                add(free_s, seats[SEATED], change_s)
                seats[SEATED] += 1
        elif seats[SEATED] > seats[DUE]:
            remove_first(free_s, seats[SEATED])
            seats[SEATED] -= 1
        else:
            return change_s
