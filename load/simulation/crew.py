"""Who is owed a call back, and the crew that calls back after the peak (H3): in the order of the records, once each."""

from __future__ import annotations

from load.simulation.compiled import compiled
from load.simulation.records import CALLED_BACK, OWED, SETTLED, Records

HOUR_S, MINUTE_S = 3600, 60


@compiled
def record(slots: Records, desk: Records, caller: Records, who: int) -> None:
    """A caller was not answered: recorded, once however often that happens before the call back."""
    if caller["owed"] == 0:
        slots[desk["owed_end"]]["owed"] = who
        desk["owed_end"] += 1
        desk["owed_callers"] += 1
    caller["owed"] += 1


@compiled
def settle(tries: Records, desk: Records, caller: Records, rung: bool) -> None:
    """A caller is rung, or got an agent before that, and is owed nothing any more."""
    for place in range(caller["first"], caller["trying"] + 1):
        if tries[place]["amends"] == OWED:
            tries[place]["amends"] = CALLED_BACK if rung else SETTLED
    caller["owed"] = 0
    desk["owed_callers"] -= 1


@compiled
def rings(desk: Records, house: Records, now_s: float) -> bool:
    """Whether one of the desk's crew is free, somebody is owed, and it is the hour for it."""
    terms = house[0]
    if desk["crew_busy"] >= terms["crew_agents"] or desk["owed_callers"] == 0:
        return False
    hour = (terms["clock_begins_s"] + now_s) // HOUR_S % 24
    return bool(terms["crew_from_h"] <= hour < terms["crew_until_h"])


@compiled
def next_owed(callers: Records, slots: Records, desk: Records) -> int:
    """Whoever was recorded first; somebody must be owed. Taken off the list."""
    while callers[slots[desk["owed_begin"]]["owed"]]["owed"] == 0:
        desk["owed_begin"] += 1
    desk["owed_begin"] += 1
    return int(slots[desk["owed_begin"] - 1]["owed"])


@compiled
def next_minute_s(house: Records, now_s: float) -> float:
    """The next full minute of the clock."""
    begins_s = house[0]["clock_begins_s"]
    return float(((begins_s + now_s) // MINUTE_S + 1) * MINUTE_S - begins_s)
