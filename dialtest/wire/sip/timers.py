"""The timers of RFC 3261 Table 4, in seconds, for UDP; the clock is whoever asks."""

from __future__ import annotations

T1_S = 0.5  # an estimate of the round trip
T2_S = 4.0  # the longest interval between retransmissions but for INVITE's
T4_S = 5.0  # the longest a message lives in the network

GIVE_UP_S = 64 * T1_S  # timers B, F, H, J, L, M
WAIT_D_S = 32.0  # timer D: how long a refused INVITE is remembered, so that repeated refusals get their ACK
WAIT_I_S = T4_S  # timer I
WAIT_K_S = T4_S  # timer K


class Backoff:
    """When something unanswered is sent again: after T1, then twice as long each time, at most `most_s`, until
    `GIVE_UP_S` after it was first sent.

    `due_s`: when to look next. Timers A and B: `most_s` is infinite; E and F, G and H: T2.
    """

    __slots__ = ("_ends_s", "_interval_s", "_most_s", "due_s")

    def __init__(self, now_s: float, most_s: float = float("inf")) -> None:
        self._interval_s = T1_S
        self._most_s = most_s
        self._ends_s = now_s + GIVE_UP_S
        self.due_s = now_s + T1_S

    def over(self, now_s: float) -> bool:
        """Whether it is time to give up."""
        return now_s >= self._ends_s

    def again(self, now_s: float) -> bool:
        """Whether to send again now; then `due_s` is later."""
        if now_s < self.due_s or self.over(now_s):
            return False
        self._interval_s = min(2 * self._interval_s, self._most_s)
        self.due_s = min(now_s + self._interval_s, self._ends_s)
        return True

    def slow(self, now_s: float) -> None:
        """A provisional answer came: from now on each interval is the longest (§17.1.2.2)."""
        self._interval_s = self._most_s
        self.due_s = min(now_s + self._most_s, self._ends_s)
