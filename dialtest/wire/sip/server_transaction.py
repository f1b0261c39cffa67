"""The two server transactions as state machines (RFC 3261 §17.2, RFC 6026): events and the time in, steps out.

One is made when the first request comes; each answer of its user goes into `answer`, each retransmission of the
request into `again`, and `tick` is asked at each `due_s`. Times are seconds on any clock that never goes back.
"""

from __future__ import annotations

from typing import Literal

from dialtest.wire.sip.step import Step
from dialtest.wire.sip.timers import GIVE_UP_S, T2_S, WAIT_I_S, Backoff

ServerState = Literal["proceeding", "accepted", "completed", "confirmed", "terminated"]


class InviteServer:
    """An INVITE from when it came until its ACK (RFC 3261 §17.2.1, Figure 7; RFC 6026 §8.7 for `accepted`).

    A refusal is sent again by timer G and given up by H; a 2xx is sent again in the same way, which §13.3.1.4 asks of
    the transaction's user. Either is told as `unacknowledged` when given up. After the ACK, timer I.
    """

    __slots__ = ("_backoff", "_forget_s", "last", "state")

    def __init__(self) -> None:
        self.state: ServerState = "proceeding"
        self.last: bytes | None = None
        self._backoff: Backoff | None = None
        self._forget_s = 0.0

    def answer(self, status: int, datagram: bytes, now_s: float) -> Step:
        """The transaction's user answers. A provisional answer behind a final one is not sent."""
        if self.state != "proceeding":
            return Step(None, None, self._due_s())
        self.last = datagram
        if status >= 200:
            self.state = "accepted" if status < 300 else "completed"
            self._backoff = Backoff(now_s, T2_S)
        return Step(datagram, None, self._due_s())

    def again(self) -> Step:
        """The INVITE came once more: the last answer goes out again, but not a 2xx, which has its own timer."""
        repeats = self.state in ("proceeding", "completed")
        return Step(self.last if repeats else None, None, self._due_s())

    def acknowledge(self, now_s: float) -> Step:
        """Its ACK came. `acknowledged` is told once."""
        if self.state not in ("accepted", "completed"):
            return Step(None, None, self._due_s())
        self._forget_s = now_s + (WAIT_I_S if self.state == "completed" else GIVE_UP_S)
        self.state, self._backoff, self.last = "confirmed", None, None
        return Step(None, "acknowledged", self._forget_s)

    def tick(self, now_s: float) -> Step:
        """Time has passed."""
        backoff = self._backoff
        if backoff is not None and self.state in ("accepted", "completed"):
            if backoff.over(now_s):
                self.state, self.last = "terminated", None
                return Step(None, "unacknowledged", None)
            return Step(self.last if backoff.again(now_s) else None, None, backoff.due_s)
        if self.state == "confirmed" and now_s >= self._forget_s:
            self.state = "terminated"
        return Step(None, None, self._due_s())

    def _due_s(self) -> float | None:
        if self.state == "confirmed":
            return self._forget_s
        return self._backoff.due_s if self._backoff is not None and self.state != "terminated" else None


class RequestServer:
    """Any request but INVITE and ACK (RFC 3261 §17.2.2, Figure 8): its final answer is given again until timer J."""

    __slots__ = ("_forget_s", "last", "state")

    def __init__(self) -> None:
        self.state: ServerState = "proceeding"
        self.last: bytes | None = None
        self._forget_s: float | None = None

    def answer(self, status: int, datagram: bytes, now_s: float) -> Step:
        """The transaction's user answers; nothing is sent behind a final answer."""
        if self.state != "proceeding":
            return Step(None, None, self._forget_s)
        self.last = datagram
        if status >= 200:
            self.state, self._forget_s = "completed", now_s + GIVE_UP_S
        return Step(datagram, None, self._forget_s)

    def again(self) -> Step:
        """The request came once more."""
        return Step(self.last, None, self._forget_s)

    def tick(self, now_s: float) -> Step:
        """Time has passed."""
        if self._forget_s is not None and now_s >= self._forget_s:
            self.state, self.last, self._forget_s = "terminated", None, None
        return Step(None, None, self._forget_s)
