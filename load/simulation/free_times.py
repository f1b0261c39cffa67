"""When the agents of one desk come free: a binary heap of moments, the earliest first."""

from __future__ import annotations

from load.law import Array
from load.simulation.compiled import compiled


@compiled
def add(free_s: Array, agents: int, when_s: float) -> None:
    """One more agent beside `agents`, who comes free then."""
    place = agents
    while place > 0 and free_s[(place - 1) >> 1] > when_s:
        free_s[place] = free_s[(place - 1) >> 1]
        place = (place - 1) >> 1
    free_s[place] = when_s


@compiled
def put_first(free_s: Array, agents: int, when_s: float) -> None:
    """The agent who came free first comes free then instead."""
    place, below = 0, 1
    while below < agents:
        if below + 1 < agents and free_s[below + 1] < free_s[below]:
            below += 1
        if when_s <= free_s[below]:
            break
        free_s[place] = free_s[below]
        place, below = below, 2 * below + 1
    free_s[place] = when_s


@compiled
def remove_first(free_s: Array, agents: int) -> None:
    """The agent who came free first goes home; `agents` with that one."""
    put_first(free_s, agents - 1, free_s[agents - 1])
