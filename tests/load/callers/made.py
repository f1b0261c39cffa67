"""Callers, lines and a hotline made of a few values, for tests of the caller's side; time goes when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from itertools import count
from math import inf

import numpy as np

from dialtest.wire.sip.glance import header_of, method_of
from load.arrivals.calls import Calls
from load.callers.books import Books
from load.callers.call import Call
from load.callers.line import Hop, Line
from load.callers.share import Share
from load.callers.switchboard import PlanClock, Switchboard

HOTLINE, HERE = ("127.0.0.1", 5086), ("127.0.0.1", 6000)
BRANDS = ("gotone", "mzone")
RUN = "c0ffee"


def line(password: str = "", allowed: Callable[[str], bool] = lambda host: True) -> Line:
    return Line(HOTLINE, HERE, BRANDS, RUN, allowed, password=password)


def call(patience_s: float = 60.0, talks_s: float = 30.0, takes_self_service: bool = False, menu_s: float = 0.0,
         on: Line | None = None) -> Call:  # fmt: skip
    """Caller 7's first attempt, placed at second 0."""
    return Call(on or line(), 7, 0, 1, 0.0, patience_s, talks_s, takes_self_service, 0.0, menu_s)


def calls(
    at_s: Sequence[float], handle_s: float = 30.0, patience_s: float = 60.0, tries: int = 1,
    redial_after_s: float = 0.0, way: Sequence[int] = (), brand: int = 1,
) -> Calls:  # fmt: skip
    """Callers who are all alike but for when they call."""
    n = len(at_s)
    redials = np.tile([0.0] + [redial_after_s] * (tries - 1), n)
    return Calls(
        at_s=np.asarray(at_s, dtype=np.float64),
        brand=np.full(n, brand, np.int16),
        batch=np.ones(n, np.int32),
        way=np.asarray(way or [0] * n, np.int8),
        handle_s=np.full(n, handle_s),
        menu_s=np.zeros(n),
        choice=np.full(n, 0.5),
        first=np.arange(n + 1, dtype=np.int64) * tries,
        patience_s=np.full(n * tries, patience_s),
        redial_after_s=redials,
    )


def answer(request: bytes, status: int, *lines: str, tag: str = "hot", body: bytes = b"") -> bytes:
    """An answer of the hotline's to a request of ours."""
    head = [f"SIP/2.0 {status} Whatever".encode()]
    head += [b"Via: " + header_of(request, b"via"), b"From: " + header_of(request, b"from")]
    to = header_of(request, b"to")
    head.append(b"To: " + (to if b";tag=" in to or not tag else to + f";tag={tag}".encode()))
    head += [b"Call-ID: " + header_of(request, b"call-id"), b"CSeq: " + header_of(request, b"cseq")]
    contact = ["Contact: <sip:10086@127.0.0.1:5086>"] if 100 < status < 300 else []
    head += [line.encode() for line in [*contact, *lines, f"Content-Length: {len(body)}"]]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def bye_from_hotline(invite: bytes, tag: str = "hot") -> bytes:
    """The hotline hangs up."""
    lines = [b"BYE sip:13800000007@127.0.0.1:6000 SIP/2.0", b"Via: SIP/2.0/UDP 127.0.0.1:5086;branch=z9hG4bKbye"]
    lines += [b"From: " + header_of(invite, b"to") + f";tag={tag}".encode(), b"To: " + header_of(invite, b"from")]
    lines += [b"Call-ID: " + header_of(invite, b"call-id"), b"CSeq: 1 BYE", b"Content-Length: 0"]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def give(one: Call, request: bytes, status: int, now_s: float, *lines: str, tag: str = "hot") -> list[bytes]:
    """Let a call have the answer to one of its requests."""
    number, _, method = header_of(request, b"cseq").partition(b" ")
    said = answer(request, status, *lines, tag=tag)
    return list(one.answer(status, method, int(number), said, now_s))


def methods(datagrams: Sequence[bytes]) -> list[str]:
    return [method_of(datagram).decode() for datagram in datagrams]


class MadeHotline:
    """Answers what a switchboard posts by rules of a test's own, in a time of its own, without sockets.

    replies: what comes of a request: (after how many seconds, datagram) of each answer.
    """

    def __init__(self, replies: Callable[[bytes, float], Sequence[tuple[float, bytes]]]) -> None:
        self._replies = replies
        self._pending: list[tuple[float, int, bytes]] = []
        self._number = count()
        self.posted: list[tuple[float, bytes]] = []
        self.now_s = 0.0
        self.sends = True

    def post(self, datagram: bytes, hop: Hop) -> bool:
        if not self.sends:
            return False
        self.posted.append((self.now_s, datagram))
        for after_s, reply in self._replies(datagram, self.now_s):
            heappush(self._pending, (self.now_s + after_s, next(self._number), reply))
        return True

    def play(self, board: Switchboard, until_s: float = inf) -> None:
        """Let time go from event to event until the board has nothing more to do, or a second has come."""
        while not board.over:
            next_s, reply_s = board.next_s(), self._pending[0][0] if self._pending else inf
            if min(next_s, reply_s) > until_s:
                self.now_s = until_s
                return
            self.now_s = max(self.now_s, min(next_s, reply_s))
            if reply_s <= next_s:
                board.receive(heappop(self._pending)[2], HOTLINE, self.now_s)
            else:
                board.advance(self.now_s)

    @property
    def last_reply_s(self) -> float:
        """When the last answer under way will be there."""
        return max(when_s for when_s, _, _ in self._pending[-2:])

    @property
    def posted_methods(self) -> list[str]:
        return methods([datagram for _, datagram in self.posted])


def answers_after(ring_s: float) -> Callable[[bytes, float], Sequence[tuple[float, bytes]]]:
    """A hotline whose agents answer everyone after so many seconds."""

    def replies(request: bytes, now_s: float) -> Sequence[tuple[float, bytes]]:
        method = method_of(request)
        if method == b"INVITE":
            return [(0.0, answer(request, 100, tag="")), (ring_s, answer(request, 200, "X-Answered-By: agent"))]
        return [] if method == b"ACK" else [(0.0, answer(request, 200))]

    return replies


def board_of(
    hotline: MadeHotline, of_calls: Calls, speed: float = 1.0, begins_s: float = 0.0, **further: object
) -> tuple[Switchboard, Books]:
    """A switchboard for all callers, and its books."""
    books = Books(len(BRANDS), speed)
    share = Share.of_calls(of_calls, 1e12)
    told = further.pop("tell", lambda *_: None)
    board = Switchboard(share, line(), books, PlanClock(begins_s, speed), hotline.post, told, BRANDS, **further)  # type: ignore[arg-type]
    return board, books
