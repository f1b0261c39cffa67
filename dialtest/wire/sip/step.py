"""What a transaction asks of whoever drives it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Told = Literal["provisional", "accepted", "repeated", "refused", "timed_out", "acknowledged", "unacknowledged"]


class Step(NamedTuple):
    """One step of a transaction: a datagram to send now, what its user is told, and when to ask `tick` again.

    due_s: on the clock of the `now_s` that were given; None: no timer runs.
    """

    send: bytes | None
    told: Told | None
    due_s: float | None
