"""Who waits for an agent: a queue for each brand, first come, first served; who gives up is taken out of the midst."""

from __future__ import annotations

from load.simulation.compiled import compiled
from load.simulation.records import Records

NOBODY = -1


@compiled
def line_up(slots: Records, desk: Records, caller: Records, who: int) -> None:
    """A caller waits, last of all."""
    slots[desk["queue_end"]]["queued"] = who
    caller["place"] = desk["queue_end"]
    desk["queue_end"] += 1
    desk["waiting"] += 1


@compiled
def first_waiting(slots: Records, desk: Records) -> int:
    """Who has waited longest; somebody of the brand must wait."""
    while slots[desk["queue_begin"]]["queued"] == NOBODY:
        desk["queue_begin"] += 1
    return int(slots[desk["queue_begin"]]["queued"])


@compiled
def leave(slots: Records, desk: Records, caller: Records) -> None:
    """A caller who waits does not any more."""
    slots[caller["place"]]["queued"] = NOBODY
    desk["waiting"] -= 1
