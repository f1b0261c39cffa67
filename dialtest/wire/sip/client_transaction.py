"""The two client transactions as state machines (RFC 3261 §17.1, RFC 6026): events and the time in, steps out.

Both begin with `start`; each answer that fits (`fits`) goes into `receive`, and `tick` is asked at each `due_s`.
Times are seconds on any clock that never goes back.
"""

from __future__ import annotations

from typing import Literal

from dialtest.wire.sip.glance import branch_of, header_of, headers_of
from dialtest.wire.sip.step import Step, Told
from dialtest.wire.sip.timers import GIVE_UP_S, T2_S, WAIT_D_S, WAIT_K_S, Backoff

ClientState = Literal["calling", "proceeding", "accepted", "completed", "terminated"]


class InviteClient:
    """An INVITE until its final answer (RFC 3261 §17.1.1, Figure 5; RFC 6026 §8.4 for `accepted`).

    Sent again by timer A until any answer, given up by timer B. A refusal (300–699) gets its ACK here, again for each
    repetition, until timer D; a 2xx is told as `accepted`, repetitions of it as `repeated` until timer M, and its ACK
    is the dialog's matter (§13.2.2.4).
    """

    __slots__ = ("_ack", "_backoff", "_forget_s", "request", "state")

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.state: ClientState = "calling"
        self._ack = b""
        self._backoff: Backoff | None = None
        self._forget_s = 0.0

    def start(self, now_s: float) -> Step:
        """Send the INVITE."""
        self._backoff = Backoff(now_s)
        return Step(self.request, None, self._backoff.due_s)

    def receive(self, status: int, answer: bytes, now_s: float) -> Step:
        """An answer came, whole as `answer`; `status` as `status_of` has it."""
        if status < 200:
            return self._provisional()
        if status < 300:
            return self._accepted(now_s)
        return self._refused(answer, now_s)

    def tick(self, now_s: float) -> Step:
        """Time has passed. `timed_out`: no answer came at all."""
        backoff = self._backoff
        if self.state == "calling" and backoff is not None:
            if backoff.over(now_s):
                self.state = "terminated"
                return Step(None, "timed_out", None)
            return Step(self.request if backoff.again(now_s) else None, None, backoff.due_s)
        if self.state in ("accepted", "completed"):
            if now_s < self._forget_s:
                return Step(None, None, self._forget_s)
            self.state = "terminated"
        return Step(None, None, None)

    def _provisional(self) -> Step:
        if self.state not in ("calling", "proceeding"):
            return Step(None, None, self._forget_s if self.state != "terminated" else None)
        self.state, self._backoff = "proceeding", None
        return Step(None, "provisional", None)

    def _accepted(self, now_s: float) -> Step:
        if self.state in ("calling", "proceeding"):
            self.state, self._backoff = "accepted", None
            self._forget_s = now_s + GIVE_UP_S
            return Step(None, "accepted", self._forget_s)
        if self.state == "accepted":
            return Step(None, "repeated", self._forget_s)
        return Step(None, None, self._forget_s if self.state == "completed" else None)

    def _refused(self, answer: bytes, now_s: float) -> Step:
        told: Told | None = None
        if self.state in ("calling", "proceeding"):
            told = "refused"
            self.state, self._backoff = "completed", None
            self._ack = ack_of(self.request, answer)
            self._forget_s = now_s + WAIT_D_S
        if self.state != "completed":
            return Step(None, None, self._forget_s if self.state == "accepted" else None)
        return Step(self._ack, told, self._forget_s)


class RequestClient:
    """Any request but INVITE and ACK until its final answer (RFC 3261 §17.1.2, Figure 6).

    Sent again by timer E until a final answer, given up by timer F; repetitions of the answer are absorbed until K.
    """

    __slots__ = ("_backoff", "_forget_s", "request", "state")

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.state: ClientState = "calling"
        self._backoff: Backoff | None = None
        self._forget_s = 0.0

    def start(self, now_s: float) -> Step:
        """Send the request."""
        self._backoff = Backoff(now_s, T2_S)
        return Step(self.request, None, self._backoff.due_s)

    def receive(self, status: int, now_s: float) -> Step:
        """An answer with that status came."""
        backoff = self._backoff
        if self.state not in ("calling", "proceeding") or backoff is None:
            return Step(None, None, self._forget_s if self.state == "completed" else None)
        if status < 200:
            if self.state == "calling":
                backoff.slow(now_s)
            self.state = "proceeding"
            return Step(None, "provisional", backoff.due_s)
        self.state, self._backoff = "completed", None
        self._forget_s = now_s + WAIT_K_S
        return Step(None, "accepted" if status < 300 else "refused", self._forget_s)

    def tick(self, now_s: float) -> Step:
        """Time has passed. `timed_out`: no final answer came."""
        if self.state in ("calling", "proceeding") and self._backoff is not None:
            if self._backoff.over(now_s):
                self.state = "terminated"
                return Step(None, "timed_out", None)
            return Step(self.request if self._backoff.again(now_s) else None, None, self._backoff.due_s)
        if self.state == "completed" and now_s < self._forget_s:
            return Step(None, None, self._forget_s)
        self.state = "terminated"
        return Step(None, None, None)


def fits(request: bytes, answer: bytes) -> bool:
    """Whether an answer belongs to a request's transaction (§17.1.3): the same branch, the same method in CSeq."""
    return (
        branch_of(header_of(request, b"via")) == branch_of(header_of(answer, b"via"))
        and header_of(request, b"cseq").split() == header_of(answer, b"cseq").split()
    )


def ack_of(invite: bytes, refusal: bytes) -> bytes:
    """The ACK of a refused INVITE (§17.1.1.3): all of the INVITE, but To of the answer; the same branch."""
    return _companion(b"ACK", invite, header_of(refusal, b"to"))


def cancel_of(invite: bytes) -> bytes:
    """The CANCEL of an INVITE (§9.1). Send it once a provisional answer came, in a transaction of its own."""
    return _companion(b"CANCEL", invite, header_of(invite, b"to"))


def _companion(method: bytes, invite: bytes, receiver: bytes) -> bytes:
    """A request that shares the INVITE's branch."""
    uri = invite.split(b" ", 2)[1]
    lines = [b"%s %s SIP/2.0" % (method, uri), b"Via: " + header_of(invite, b"via")]
    lines += [b"Route: " + route for route in headers_of(invite, b"route")]
    lines += [
        b"Max-Forwards: 70",
        b"From: " + header_of(invite, b"from"),
        b"To: " + receiver,
        b"Call-ID: " + header_of(invite, b"call-id"),
        b"CSeq: %s %s" % (header_of(invite, b"cseq").split()[0], method),
        b"Content-Length: 0",
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"
