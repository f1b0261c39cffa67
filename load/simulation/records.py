"""The state of a simulated hotline as records: a few arrays that compiled code hands from function to function."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[np.void]

NOT_MADE, WAITING, ANSWERED, ABANDONED, DIVERTED, BUSY = range(6)
"""The outcome of a try."""
OWED_NOTHING, OWED, CALLED_BACK, SETTLED = range(4)
"""What amends a try that was not answered got: owed a call back, got it, or answered on a later try before it."""

CALLER = np.dtype(
    [
        ("at_s", np.float64),  # when first calling
        ("handle_s", np.float64),
        ("menu_s", np.float64),
        ("choice", np.float64),  # who draws less than the self-service's share takes it
        ("crew_handle_s", np.float64),  # how long a call back takes
        ("first", np.int64),  # the first of this caller's tries
        ("beyond", np.int64),  # the first of the next caller's
        ("trying", np.int64),  # the one this caller is at
        ("place", np.int64),  # where in the queue
        ("owed", np.int64),  # how many tries are owed a call back
        ("brand", np.int64),
        ("group", np.int64),  # whose agent serves this caller
    ],
    align=True,
)
TRY = np.dtype(
    [
        ("patience_s", np.float64),
        ("redial_after_s", np.float64),
        ("asked_s", np.float64),  # when asking for an agent, or when the lines were busy
        ("waited_s", np.float64),
        ("outcome", np.int8),
        ("amends", np.int8),
    ],
    align=True,
)
SLOT = np.dtype(
    [
        ("noted_s", np.float64),
        ("noted", np.int64),
        ("queued", np.int64),
        ("owed", np.int64),
    ],
    align=True,
)
"""A brand has one stretch of slots, as many as its tries: what the flow noted, who queued, who is owed, in order."""
DESK = np.dtype(
    [
        (name, np.int64)
        for name in (
            "queue_begin",  # the first of the queue's slots
            "queue_end",
            "waiting",
            "noted_begin",  # the first of the slots in the flow's window
            "noted_end",
            "answered",  # how many of those got an agent
            "flow_on",
            "owed_begin",
            "owed_end",
            "owed_callers",
            "crew_busy",
            "ticking",
        )
    ],
    align=True,
)
GROUP = np.dtype([("busy", np.int64), ("agents", np.int64), ("brands", np.int64)], align=True)
"""Agents of a desk (group b for brand b) or, after those, of a pool. Bit b of `brands`: whether they serve brand b."""
CHANGE = np.dtype([("at_s", np.float64), ("group", np.int64), ("agents", np.int64)], align=True)
"""At that second after the plan's begin, on every day, a group comes to have so many agents."""
EVENT = np.dtype([("when_s", np.float64), ("order", np.int64), ("who", np.int64)], align=True)
HOUSE = np.dtype(
    [
        *(
            (name, np.int64)
            for name in (
                "has_flow",
                "least_calls",
                "crew_agents",
                "crew_from_h",
                "crew_until_h",
                "most_lines",
                "most_ports",
                "lines",
                "ports",
                "events",
                "entered",
                "change",
                "day",
                "called",
                "waiting",
            )
        ),
        *(
            (name, np.float64)
            for name in ("on_below", "off_at", "window_s", "self_service_share", "clock_begins_s", "crew_last_s")
        ),
    ],
    align=True,
)


class Exchange(NamedTuple):
    """A hotline in the midst of a replication. `house` has one record: terms, lines in use, marks."""

    callers: Records
    tries: Records
    slots: Records
    desks: Records
    groups: Records
    changes: Records
    events: Records
    house: Records
