"""One call to the hotline as a state machine: datagrams and the time in, datagrams and the next deadline out.

It knows no socket and no clock, and a caller who waits is this object alone: a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from dialtest.wire.sip.glance import header_of, tag_of
from dialtest.wire.sip.timers import GIVE_UP_S, T2_S, Backoff
from load.callers.hotline_words import (
    AGENT_KEY,
    BUSY,
    KEEP_WAITING,
    MENU,
    SELF_SERVICE,
    TURNED_AWAY,
    Outcome,
    by_self_service,
    offers_self_service,
)
from load.callers.line import Line, Way, answer_to

State = Literal["calling", "waiting", "giving_up", "talking", "leaving", "over"]
Datagrams = Sequence[bytes]

NOTHING: Datagrams = ()
CUT_OFF = "cut off by the end of the run"
REQUESTS_TAKEN = (b"INFO", b"OPTIONS", b"MESSAGE", b"NOTIFY", b"UPDATE")


class Call:
    """One attempt of a caller. Times are seconds on the driver's clock, which never goes back.

    scheduled_s: when it was due; placed_s: when it began. menu_s: how long the caller listens to a menu, if there is
    one, before asking for an agent by key. patience_s: how long the caller waits for one. talks_s: how long they talk.
    takes_self_service: what is pressed where it is offered. due_s: when to `tick` next. outcome: None until it is
    known; the call is over when `state` is “over”. in_menu_s: how long it took to ask for an agent. failure: what went
    wrong, in a few words; empty where nothing did. heap_s and reply_told belong to the switchboard: when it wakes the
    call, whether it has told of the first reply.
    """

    __slots__ = (
        "_asks_s", "_backoff", "_challenged", "_cseq", "_invite_cseq", "_key", "_offered", "_patience_s", "_proof",
        "_tag", "_until_s", "_way", "asked_s", "attempt", "brand", "call_id", "caller", "decided_s", "due_s", "failure",
        "gives_up_s", "heap_s", "in_menu_s", "line", "menu_s", "outcome", "placed_s", "replied_s", "reply_told",
        "scheduled_s", "sent_s", "state", "takes_self_service", "talks_s",
    )  # fmt: skip

    def __init__(
        self,
        line: Line,
        caller: int,
        attempt: int,
        brand: int,
        scheduled_s: float,
        patience_s: float,
        talks_s: float,
        takes_self_service: bool,
        now_s: float,
        menu_s: float = 0.0,
    ) -> None:
        self.line, self.caller, self.attempt, self.brand = line, caller, attempt, brand
        self.call_id = line.call_id(caller, attempt)
        self.scheduled_s, self.placed_s, self.talks_s = scheduled_s, now_s, talks_s
        self.gives_up_s, self._patience_s = now_s + patience_s, patience_s
        self.menu_s, self._asks_s, self.in_menu_s = menu_s, inf, 0.0
        self.takes_self_service = takes_self_service
        self.state: State = "calling"
        self.outcome: Outcome | None = None
        self.failure = ""
        self.replied_s = self.decided_s = inf
        self.asked_s = self.sent_s = now_s
        self.heap_s = inf
        self._backoff: Backoff | None = Backoff(now_s)
        self._cseq = self._invite_cseq = 1
        self._proof = self._tag = b""
        self._challenged = self._offered = self.reply_told = False
        self._way: Way = line.straight(brand)
        self._key: tuple[int, str, Backoff] | None = None
        self._until_s = inf
        self.due_s = self._backoff.due_s if self._backoff else inf

    @property
    def hop(self) -> tuple[str, int]:
        """Where the datagrams of the last step go: the way the call has taken, or the INVITE's (§9.1, §17.1.1.3)."""
        return self._way.hop if self.state in ("waiting", "talking", "leaving") else self.line.hotline

    def invite(self) -> bytes:
        """The INVITE; the driver sends it when it has made the call."""
        return self.line.invite(self.caller, self.brand, self.call_id, self._invite_cseq, self._proof)

    def answer(self, status: int, method: bytes, cseq: int, datagram: bytes, now_s: float) -> Datagrams:
        """An answer to one of this call's requests came."""
        if method == b"INVITE":
            sent = self._invited(status, cseq, datagram, now_s)
        elif status < 200:
            return NOTHING
        elif method == b"CANCEL" and self.state == "giving_up":
            self._backoff, self._until_s = None, min(self._until_s, now_s + GIVE_UP_S)
            sent = NOTHING
        elif method == b"INFO" and self._key is not None and self._key[0] == cseq:
            self._key, sent = None, NOTHING
        elif method == b"BYE" and self.state == "leaving" and cseq == self._cseq:
            sent = self._left(status, datagram, now_s)
        else:
            return NOTHING
        self._set_due()
        return sent

    def request(self, method: bytes, datagram: bytes, now_s: float) -> Datagrams:
        """The hotline asks for something: BYE ends the call, the rest is only answered."""
        if method == b"ACK":
            return NOTHING
        if method == b"BYE":
            if self.outcome is None:
                self._decide("failed", now_s, "hung up on")
            self._end()
            return (answer_to(datagram, 200, b"OK", self.call_id),)
        taken = method in REQUESTS_TAKEN
        status, reason = (200, b"OK") if taken else (488, b"Not Acceptable Here")
        return (answer_to(datagram, status, reason, self.call_id),)

    def tick(self, now_s: float) -> Datagrams:
        """Time has passed."""
        if now_s < self.due_s:
            return NOTHING
        if self.state == "calling":
            sent = self._still_calling(now_s)
        elif self.state == "waiting":
            sent = self._still_waiting(now_s)
        elif self.state == "talking":
            sent = self.hang_up(now_s)
        else:
            sent = self._still_ending(now_s)
        self._set_due()
        return sent

    def hang_up(self, now_s: float) -> Datagrams:
        """The caller hangs up: CANCEL, once the hotline has said anything (§9.1), or BYE."""
        if self.state == "calling":
            self.gives_up_s = now_s
            return NOTHING
        if self.state == "waiting":
            self._decide("abandoned", now_s)
            self._ask("giving_up", now_s)
            return (self._cancel(),)
        if self.state == "talking":
            self._cseq += 1
            self._ask("leaving", now_s)
            return (self._bye(),)
        return NOTHING

    def cut(self, now_s: float) -> Datagrams:
        """The run ends before this call has: it is hung up and forgotten."""
        last = self.hang_up(now_s)
        if self.outcome in (None, "abandoned"):
            self.outcome = None
            self._decide("failed", now_s, CUT_OFF)
        self._end()
        return last

    def refuse(self, now_s: float) -> None:
        """The hotline's host says that nobody listens there (ICMP; §8.1.3.1)."""
        if self.state in ("calling", "giving_up", "leaving"):
            self._fail("nobody listens", now_s)

    # --- INVITE

    def _invited(self, status: int, cseq: int, datagram: bytes, now_s: float) -> Datagrams:
        if cseq != self._invite_cseq:
            return NOTHING if status < 300 else (self.line.ack_refusal(self.brand, datagram),)
        if self.replied_s == inf:
            self.replied_s = now_s
        if status < 200:
            return self._provisional(status, datagram, now_s)
        if status < 300:
            return self._accepted(datagram, now_s)
        ack = self.line.ack_refusal(self.brand, datagram)
        if self.state not in ("calling", "waiting", "giving_up"):
            return (ack,)
        if status in (401, 407) and self.state != "giving_up" and not self._proof:
            uri = self.line.uris[self.brand]
            proof = self.line.proof(datagram, "INVITE", uri, self.caller, self.call_id)
            if proof is not None:
                return ack, self._invite_again(proof, now_s)
        self._refused(status, now_s)
        return (ack,)

    def _provisional(self, status: int, datagram: bytes, now_s: float) -> Datagrams:
        if self.state not in ("calling", "waiting"):
            return NOTHING
        if self.state == "calling":
            self.state, self._backoff = "waiting", None
            if now_s >= self.gives_up_s:
                return self.hang_up(now_s)
        if status == MENU or (status > 100 and offers_self_service(datagram)):
            return self._spoken_to(status, datagram, now_s)
        return NOTHING

    def _spoken_to(self, status: int, datagram: bytes, now_s: float) -> Datagrams:
        """The menu, or the offer of the self-service: each is answered by a key once, inside the early dialog."""
        self._tag, self._way = tag_of(header_of(datagram, b"to")), self.line.way(self.brand, datagram)
        if status == MENU:
            if self._asks_s == inf:
                self._asks_s, self.gives_up_s = now_s + self.menu_s, inf
            return NOTHING
        if self._offered or not self._tag:
            return NOTHING
        self._offered = True
        return self._press(SELF_SERVICE if self.takes_self_service else KEEP_WAITING, now_s)

    def _press(self, key: str, now_s: float) -> Datagrams:
        self._cseq += 1
        self._key = (self._cseq, key, Backoff(now_s, T2_S))
        return (self._pressed(),)

    def _accepted(self, datagram: bytes, now_s: float) -> Datagrams:
        if self.state in ("calling", "waiting", "giving_up"):
            self._tag, self._way = tag_of(header_of(datagram, b"to")), self.line.way(self.brand, datagram)
            self.outcome = None
            self._decide("diverted" if by_self_service(datagram) else "answered", now_s)
            self.state, self._backoff, self._key = "talking", None, None
            self._until_s = now_s + self.talks_s
        way, cseq = self._way, self._invite_cseq
        return (self.line.within(b"ACK", way, self.caller, self.call_id, self._tag, cseq, self._proof),)

    def _refused(self, status: int, now_s: float) -> None:
        if self.state != "giving_up":
            if status in BUSY:
                self._decide("busy", now_s)
            elif status == TURNED_AWAY:
                self._decide("abandoned", now_s, "turned away after a long wait")
            else:
                self._decide("failed", now_s, f"status {status}")
        self._end()

    def _invite_again(self, proof: bytes, now_s: float) -> bytes:
        self._cseq += 1
        self._invite_cseq, self._proof = self._cseq, proof
        self.state, self._backoff, self.sent_s = "calling", Backoff(now_s), now_s
        return self.invite()

    # --- time

    def _still_calling(self, now_s: float) -> Datagrams:
        backoff = self._backoff
        if backoff is None or backoff.over(now_s):
            self._fail("no reply", now_s)
        elif backoff.again(now_s):
            self.sent_s = now_s
            return (self.invite(),)
        return NOTHING

    def _still_waiting(self, now_s: float) -> Datagrams:
        if now_s >= self.gives_up_s:
            return self.hang_up(now_s)
        if -inf < self._asks_s <= now_s:
            self.gives_up_s, self._asks_s = now_s + self._patience_s, -inf
            self.in_menu_s = now_s - self.placed_s
            return self._press(AGENT_KEY, now_s)
        if self._key is not None:
            if self._key[2].over(now_s):
                self._key = None
            elif self._key[2].again(now_s):
                return (self._pressed(),)
        return NOTHING

    def _still_ending(self, now_s: float) -> Datagrams:
        backoff = self._backoff
        if now_s >= self._until_s or (backoff is not None and backoff.over(now_s)):
            self._fail("no answer to BYE" if self.state == "leaving" else "no answer to CANCEL", now_s)
        elif backoff is not None and backoff.again(now_s):
            self.sent_s = now_s
            return (self._bye() if self.state == "leaving" else self._cancel(),)
        return NOTHING

    def _left(self, status: int, datagram: bytes, now_s: float) -> Datagrams:
        if status in (401, 407) and not self._challenged:
            proof = self.line.proof(datagram, "BYE", self._way.uri, self.caller, self.call_id)
            if proof is not None:
                self._proof, self._cseq = proof, self._cseq + 1
                self._ask("leaving", now_s)
                self._challenged = True
                return (self._bye(),)
        self._end()
        return NOTHING

    # --- what is sent, and what becomes of the call

    def _cancel(self) -> bytes:
        return self.line.cancel(self.caller, self.brand, self.call_id, self._invite_cseq)

    def _bye(self) -> bytes:
        return self.line.within(b"BYE", self._way, self.caller, self.call_id, self._tag, self._cseq, self._proof)

    def _pressed(self) -> bytes:
        assert self._key is not None  # noqa: S101 - asked only while a key is under way
        cseq, key, _ = self._key
        return self.line.key(self._way, self.caller, self.call_id, self._tag, cseq, key)

    def _ask(self, state: State, now_s: float) -> None:
        self.state, self._backoff, self._key = state, Backoff(now_s, T2_S), None
        self.asked_s = self.sent_s = now_s
        self._until_s = now_s + 2 * GIVE_UP_S

    def _decide(self, outcome: Outcome, now_s: float, failure: str = "") -> None:
        if self.outcome is None:
            self.outcome, self.decided_s, self.failure = outcome, now_s, failure

    def _fail(self, failure: str, now_s: float) -> None:
        """What failed is told even where the outcome is known already."""
        self._decide("failed", now_s, failure)
        self.failure = failure
        self._end()

    def _end(self) -> None:
        self.state, self._backoff, self._key, self.due_s = "over", None, None, inf

    def _set_due(self) -> None:
        due_s = self._backoff.due_s if self._backoff is not None else inf
        if self.state == "waiting":
            due_s = self._asks_s if -inf < self._asks_s < inf else self.gives_up_s
            due_s = min(due_s, self._key[2].due_s) if self._key is not None else due_s
        elif self.state in ("talking", "giving_up", "leaving"):
            due_s = min(due_s, self._until_s)
        self.due_s = due_s if self.state != "over" else inf
