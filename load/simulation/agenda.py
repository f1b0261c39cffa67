"""What happens next in a simulated hotline: a binary heap of events by time, kind, and order of entry."""

from __future__ import annotations

import numpy as np

from load.simulation.compiled import compiled
from load.simulation.records import Records

HANGS_UP, GIVES_UP, CREW_DONE, TICK, LEAVES_MENU, REDIALS = np.arange(6)
"""Kinds of events; of two at the same moment the lesser kind is first: an agent comes free before patience ends.

They are numpy's numbers, since for each plain number written in the code functions would be compiled once more.
"""
KIND_BIT = 48


@compiled
def enter(events: Records, house: Records, when_s: float, kind: np.int64, who: int) -> None:
    """Note an event of a caller (for TICK: of a brand)."""
    order = (kind << KIND_BIT) + house[0]["entered"]
    place = house[0]["events"]
    house[0]["events"] += 1
    house[0]["entered"] += 1
    while place > 0:
        above = events[(place - 1) >> 1]
        if above["when_s"] < when_s or (above["when_s"] == when_s and above["order"] < order):
            break
        _move(events, (place - 1) >> 1, place)
        place = (place - 1) >> 1
    event = events[place]
    event["when_s"] = when_s
    event["order"] = order
    event["who"] = who


@compiled
def take_first(events: Records, house: Records) -> tuple[float, np.int64, int]:
    """When the first event is, its kind and whose it is; it is taken off."""
    when_s, kind, who = events[0]["when_s"], events[0]["order"] >> KIND_BIT, events[0]["who"]
    house[0]["events"] -= 1
    last = house[0]["events"]
    place, below = 0, 1
    while below < last:
        if below + 1 < last and _before(events, below + 1, below):
            below += 1
        if _before(events, last, below):
            break
        _move(events, below, place)
        place = below
        below = 2 * place + 1
    _move(events, last, place)
    return when_s, kind, who


@compiled
def _before(events: Records, one: int, other: int) -> bool:
    if events[one]["when_s"] == events[other]["when_s"]:
        return bool(events[one]["order"] < events[other]["order"])
    return bool(events[one]["when_s"] < events[other]["when_s"])


@compiled
def _move(events: Records, source: int, target: int) -> None:
    events[target]["when_s"] = events[source]["when_s"]
    events[target]["order"] = events[source]["order"]
    events[target]["who"] = events[source]["who"]
