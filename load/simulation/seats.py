"""Where agents sit: a desk for each brand, then pools that serve several; how many sit there by shift, who is free."""

from __future__ import annotations

import numpy as np

from load.plan.surge_plan import DAY_S
from load.simulation.compiled import compiled
from load.simulation.records import Records

NONE = -1


@compiled
def next_change_s(changes: Records, house: Records) -> float:
    """When the number of agents changes next; infinity when it never does."""
    if len(changes) == 0:
        return np.inf
    return float(changes[house[0]["change"]]["at_s"] + house[0]["day"] * DAY_S)


@compiled
def change(groups: Records, changes: Records, house: Records) -> int:
    """Let the next change be: agents come, or go when they have ended their call. The group it was."""
    now = changes[house[0]["change"]]
    groups[now["group"]]["agents"] = now["agents"]
    turn(changes, house)
    return int(now["group"])


@compiled
def turn(changes: Records, house: Records) -> None:
    """On to the change after the next; after the last of a day to the first of the day after."""
    house[0]["change"] += 1
    if house[0]["change"] == len(changes):
        house[0]["change"] = 0
        house[0]["day"] += 1


@compiled
def free_for(groups: Records, brand: int) -> int:
    """The group with a free agent for a brand: its desk, else the first pool; NONE when all are busy."""
    for place in range(len(groups)):
        group = groups[place]
        if group["busy"] < group["agents"] and serves(group, brand):
            return place
    return NONE


@compiled
def serves(group: Records, brand: int) -> bool:
    """Whether a group of agents serves a brand."""
    return bool((group["brands"] >> brand) & 1)
