"""Many callers on one line: places each call when it is due, whatever the queue does, and minds everyone's timers.

It knows neither socket nor clock: a driver gives it datagrams and the time, and sends what it posts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

from dialtest.wire.sip.glance import header_of, method_of, status_of
from load.arrivals.calls import BY_PHONE
from load.callers.books import Books, Ended
from load.callers.call import CUT_OFF, Call, Datagrams
from load.callers.line import Hop, Line, answer_to
from load.callers.share import Share

Post = Callable[[bytes, Hop], bool]
"""Sends a datagram; False where that was not possible."""
Tell = Callable[[str, str, float, str], None]
"""Told of what happened: kind, name, seconds since it was due, failure (empty for none)."""
Withdraw = Callable[[int, int, str, float], None]
"""Begins a withdrawal by SMS or web: caller, brand, way, when it was due; ends in `withdrawn`."""

PLACED_AT_ONCE = 64
WOKEN_AT_ONCE = 128
MOST_HOPS = 100


@dataclass(frozen=True, slots=True)
class PlanClock:
    """The plan begins when the driver's clock shows `begins_s`; `speed` seconds of the plan go by in one."""

    begins_s: float
    speed: float

    def wall_s(self, plan_s: float) -> float:
        """When a second of the plan comes, on the driver's clock."""
        return self.begins_s + plan_s / self.speed

    def plan_s(self, wall_s: float) -> float:
        """Which second of the plan it is."""
        return (wall_s - self.begins_s) * self.speed


class Switchboard:
    """One worker's callers. `advance` when it says so, `receive` what comes; `over` when nothing is left to do.

    self_service_share: which share of callers takes the self-service where it is offered. withdraw: None where those
    who withdraw by SMS or web are only counted. most_attempts: no more than these are ever placed.
    """

    def __init__(
        self,
        share: Share,
        line: Line,
        books: Books,
        clock: PlanClock,
        post: Post,
        tell: Tell,
        brands: tuple[str, ...],
        self_service_share: float = 0.0,
        withdraw: Withdraw | None = None,
        most_attempts: int = 2**62,
    ) -> None:
        self.share, self.line, self.books, self.clock = share, line, books, clock
        self.brands, self.self_service_share, self.most_attempts = brands, self_service_share, most_attempts
        self.calls: dict[bytes, Call] = {}
        self.garbage = 0
        self._post, self._tell, self._withdraw = post, tell, withdraw
        self._next = 0
        self._redials: list[tuple[float, int, int]] = []
        self._timers: list[tuple[float, int, Call]] = []
        self._number = count()
        self._refused_s: dict[Hop, float] = {}
        self._withdrawing = 0
        self._draining = False
        books.callers = len(share)

    @property
    def over(self) -> bool:
        """Whether every caller's fate is known and every call is over."""
        return not (self.calls or self._redials or self._withdrawing or self._next < len(self.share))

    def advance(self, now_s: float) -> float:
        """Do what is due, but not so much that nothing is received meanwhile; when to come again."""
        self._wake(now_s)
        self._place_due(now_s)
        self.books.holds(len(self.calls))
        return self.next_s()

    def receive(self, datagram: bytes, source: Hop, now_s: float) -> None:
        """A datagram came."""
        begin = datagram.find(b"\r\nCall-ID: ") + 11
        call_id = datagram[begin : datagram.find(b"\r\n", begin)] if begin > 10 else header_of(datagram, b"call-id")
        call = self.calls.get(call_id)
        status = status_of(datagram)
        if call is None:
            self._stray(status, call_id, datagram, source)
        elif status:
            number, _, method = header_of(datagram, b"cseq").partition(b" ")
            before, hop = call.state, call.hop
            cseq = int(number) if number.isdigit() and len(number) < 11 else -1
            sent = call.answer(status, method.strip(), cseq, datagram, now_s)
            self._send(call, sent, hop if call.state == "over" else call.hop)
            self._look(call, before, now_s)
        else:
            before = call.state
            for answer in call.request(method_of(datagram), datagram, now_s):
                self._post(answer, source)
            self._look(call, before, now_s)

    def refused(self, hop: Hop, now_s: float) -> None:
        """A host said that nobody listens there; whose datagram it was is not told."""
        if len(self._refused_s) >= MOST_HOPS:
            self._refused_s.clear()
        self._refused_s[hop] = now_s

    def withdrawn(self, brand: int, way: str, scheduled_s: float, begun_s: float, now_s: float, failure: str) -> None:
        """A withdrawal by SMS or web has ended."""
        if not self._withdrawing:
            return
        self._withdrawing -= 1
        if not failure:
            self.books.replied(now_s - scheduled_s, now_s - begun_s)
        self.books.withdrew(brand, way, failure)
        self._tell("HTTP", f"withdraw by {way} {self.brands[brand]}", now_s - scheduled_s, failure)

    def drain(self, now_s: float) -> None:
        """Place no more calls; those in progress end by themselves. Who was due and did not come to call is counted."""
        while self._next < len(self.share) and self.clock.wall_s(self.share.at_s[self._next]) <= now_s:
            self._next += 1
            self.books.not_started += 1
        self.books.ended += len(self._redials)
        self._draining, self._next = True, len(self.share)
        self._redials.clear()

    def cut(self, now_s: float) -> None:
        """The run ends now: hang everybody up."""
        self.drain(now_s)
        for call in list(self.calls.values()):
            before, hop = call.state, call.hop
            self._send(call, call.cut(now_s), hop)
            self._look(call, before, now_s)
        for _ in range(self._withdrawing):
            self.books.ended += 1
            self.books.failed(CUT_OFF)
        self._withdrawing = 0
        self.books.holds(0)

    # --- placing

    def _place_due(self, now_s: float) -> None:
        share, clock = self.share, self.clock
        for _ in range(PLACED_AT_ONCE):
            first_s = clock.wall_s(share.at_s[self._next]) if self._next < len(share) else inf
            again_s = self._redials[0][0] if self._redials else inf
            if min(first_s, again_s) > now_s:
                return
            if again_s < first_s:
                _, caller, attempt = heappop(self._redials)
                self._place(caller, attempt, again_s, now_s)
            else:
                caller = int(share.callers[self._next])
                self._next += 1
                if share.way(caller) == BY_PHONE:
                    self._place(caller, 0, first_s, now_s)
                else:
                    self._withdraws(caller, first_s, now_s)

    def _place(self, caller: int, attempt: int, scheduled_s: float, now_s: float) -> None:
        share, calls, speed = self.share, self.share.calls, self.clock.speed
        if self.books.placed >= self.most_attempts:
            self._not_started("more attempts than the run may make")
            return
        call = Call(
            self.line, caller, attempt, int(calls.brand[caller]), scheduled_s,
            share.patience_s(caller, attempt) / speed, float(calls.handle_s[caller]) / speed,
            bool(calls.choice[caller] < self.self_service_share), now_s, float(calls.menu_s[caller]) / speed,
        )  # fmt: skip
        if not self._post(call.invite(), self.line.hotline):
            self._not_started("not sent")
            return
        self.calls[call.call_id] = call
        self.books.begun(now_s - scheduled_s)
        self._mind(call)

    def _not_started(self, why: str) -> None:
        self.books.not_started += 1
        self.books.ended += 1
        self.books.failed(why)

    def _withdraws(self, caller: int, scheduled_s: float, now_s: float) -> None:
        brand, way = int(self.share.calls.brand[caller]), self.share.way_name(caller)
        if self._withdraw is None:
            self.books.withdrew(brand, way, "")
            return
        self.books.begun(now_s - scheduled_s)
        self._withdrawing += 1
        self._withdraw(caller, brand, way, scheduled_s)

    # --- minding

    def _wake(self, now_s: float) -> None:
        timers = self._timers
        for _ in range(WOKEN_AT_ONCE):
            if not timers or timers[0][0] > now_s:
                return
            when_s, _, call = heappop(timers)
            if when_s != call.heap_s:
                continue
            call.heap_s = inf
            if call.due_s <= now_s:
                before = call.state
                if self._refused_s and self._refused_s.get(call.hop, -inf) >= call.sent_s:
                    call.refuse(now_s)
                self._send(call, call.tick(now_s), call.hop)
                self._look(call, before, now_s)
            else:
                self._mind(call)

    def _mind(self, call: Call) -> None:
        """Wake a call when it is due; an earlier awakening that is set already will do."""
        if call.due_s < call.heap_s:
            call.heap_s = call.due_s
            heappush(self._timers, (call.due_s, next(self._number), call))

    def next_s(self) -> float:
        next_s = self._timers[0][0] if self._timers else inf
        if self._next < len(self.share):
            next_s = min(next_s, self.clock.wall_s(self.share.at_s[self._next]))
        return min(next_s, self._redials[0][0]) if self._redials else next_s

    def _send(self, call: Call, datagrams: Datagrams, hop: Hop) -> None:
        for datagram in datagrams:
            if not self._post(datagram, hop):
                self.books.failed("not sent")

    def _look(self, call: Call, before: str, now_s: float) -> None:
        """Tell what has changed about a call."""
        if call.state == before:
            self._mind(call)
            return
        if call.replied_s < inf and not call.reply_told:
            self._replied(call)
        if call.state == "talking":
            self._ended(call)
        elif call.state == "over":
            del self.calls[call.call_id]
            if before in ("talking", "leaving"):
                self._left(call, before, now_s)
            else:
                self._ended(call)
        self._mind(call)

    def _replied(self, call: Call) -> None:
        call.reply_told = True
        self.books.replied(call.replied_s - call.scheduled_s, call.replied_s - call.placed_s)
        self._tell("SIP", f"INVITE {self.brands[call.brand]}", call.replied_s - call.scheduled_s, "")

    def _ended(self, call: Call) -> None:
        outcome = call.outcome or "failed"
        unserved = outcome in ("abandoned", "busy", "failed") and not self._draining
        more = unserved and call.attempt + 1 < self.share.tries(call.caller)
        response_s, brand = call.decided_s - call.scheduled_s, self.brands[call.brand]
        self.books.ends(
            Ended(call.brand, outcome, self.clock.plan_s(call.scheduled_s), response_s,
                  call.decided_s - call.placed_s, call.attempt == 0, not more, call.in_menu_s)
        )  # fmt: skip
        if call.failure:
            self.books.failed(call.failure)
        self._tell("CALL", f"{outcome} {brand}", response_s, call.failure if outcome == "failed" else "")
        if more:
            attempt = call.attempt + 1
            again_s = call.decided_s + self.share.redial_after_s(call.caller, attempt) / self.clock.speed
            heappush(self._redials, (again_s, call.caller, attempt))

    def _left(self, call: Call, before: str, now_s: float) -> None:
        """A call that somebody had answered is over."""
        if call.failure:
            self.books.failed(call.failure)
        if before == "leaving":
            self._tell("SIP", f"BYE {self.brands[call.brand]}", now_s - call.asked_s, call.failure)

    def _stray(self, status: int, call_id: bytes, datagram: bytes, source: Hop) -> None:
        """A datagram of a call that is over: what the hotline says again is acknowledged again, out of what it says."""
        caller = self.line.caller_of(call_id)
        brand = self.share.brand(caller) if caller is not None else None
        method = header_of(datagram, b"cseq").partition(b" ")[2].strip()
        if brand is None or caller is None or not method:
            self.garbage += 1
            return
        if not status and method != b"ACK":
            gone = (200, b"OK") if method == b"BYE" else (481, b"Call/Transaction Does Not Exist")
            self._post(answer_to(datagram, *gone, call_id), source)
        elif status >= 300 and method == b"INVITE":
            self._post(self.line.ack_refusal(brand, datagram), self.line.hotline)
        elif status >= 200 and method == b"INVITE":
            for farewell, hop in self.line.farewell(brand, caller, call_id, datagram):
                self._post(farewell, hop)
