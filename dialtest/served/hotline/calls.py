"""The calls on the line, from the menu or the queue to their end (H1, H3): what the caller is answered, and when.

Times called `real_s` are on the machine's clock, by which SIP's timers go; the desks go by the hotline's.
"""

from __future__ import annotations

from collections.abc import Callable

from dialtest.sandbox.hotline.menu import MenuWalk
from dialtest.served.hotline.answers import Answers, answered
from dialtest.served.hotline.book import Book
from dialtest.served.hotline.deadlines import Alarms, Deadlines
from dialtest.served.hotline.farewells import Farewells
from dialtest.served.hotline.floor import BrandFloor
from dialtest.served.hotline.gone import Gone
from dialtest.served.hotline.line import Line, Source
from dialtest.served.hotline.setup import HotlineSetup, ScaledClock
from dialtest.wire.sip.server_transaction import InviteServer
from dialtest.wire.sip.step import Step

REFRESH_S = 60.0  # RFC 3261 §13.3.1.1: a provisional answer a minute, or proxies give a waiting call up

Sender = Callable[[bytes, Source], None]


class Calls:
    """All calls of the hotline; `send` takes a datagram and where it goes.

    waiting: lines by the numbers of their calls. in_menu: lines in the menu or the self-service.
    """

    def __init__(
        self, setup: HotlineSetup, clock: ScaledClock, answers: Answers, farewells: Farewells, send: Sender
    ) -> None:
        self.book = Book(setup.keep_calls)
        self.floors = {desk.brand: BrandFloor(setup, desk, self.book) for desk in setup.terms.desks}
        self.lines: dict[bytes, Line] = {}
        self.waiting: dict[int, Line] = {}
        self.gone = Gone()
        self.in_menu = 0
        self.refused = 0
        self._setup = setup
        self._clock = clock
        self._answers = answers
        self._farewells = farewells
        self._send = send
        self._alarms: Alarms[Line] = Alarms()
        self._longest_wait_s = setup.longest_wait_s / setup.speed
        self._unanswered: Deadlines[Line] = Deadlines(min(REFRESH_S, self._longest_wait_s))
        self._answered: Deadlines[Line] = Deadlines(setup.longest_call_s / setup.speed)

    def full(self, menu: bool) -> bool:
        """Whether no line, or no port of the menu, is free for one more call."""
        lines, ports = self._setup.lines, self._setup.menu_ports
        if len(self.lines) - self.refused >= lines:
            return True
        return menu and ports is not None and self.in_menu >= ports

    # What callers do

    def begin(self, line: Line, menu: bool, real_s: float) -> None:
        """A call has come, and there is a line for it."""
        self.lines[line.key] = line
        if menu:
            self.in_menu += 1
            line.walk = MenuWalk(self._setup.terms)
            self._say_menu(line, self._setup.terms.words("zh").greeting)
            self._unanswered.set(line, real_s)
        else:
            self._ask(line, real_s)

    def again(self, line: Line) -> None:
        """Its INVITE came again: the last answer goes out again, but not a 2xx, which has its own timer."""
        if line.transaction is not None:
            last = line.transaction.again().send
            if last is not None:
                self._send(last, line.source)
        elif line.state == "menu":
            self._say_menu(line)
        elif line.state == "waiting":
            self._say_queued(line)

    def press(self, line: Line, key: str, real_s: float) -> None:
        """The caller presses a key, in the menu or when offered the choice (H3)."""
        if line.state == "menu" and line.walk is not None:
            self._press_in_menu(line, line.walk, key, real_s)
        elif line.state == "waiting" and line.entry.offered and key == "2":
            self._divert(line, real_s)

    def acknowledge(self, line: Line, real_s: float) -> None:
        """The ACK of its final answer came."""
        if line.transaction is not None and line.transaction.acknowledge(real_s).told == "acknowledged":
            line.transaction = None
            if line.state == "refused":
                self._finish(line)

    def give_up(self, line: Line, status: int, real_s: float) -> None:
        """It ends without a final answer yet: by the caller's CANCEL or BYE, or because the hotline wants no more."""
        if line.state == "menu":
            self.in_menu -= 1
            line.floor.leave_menu(line.entry, self._now_s(real_s))
        elif line.state == "waiting":
            del self.waiting[line.entry.call]
            line.floor.give_up(line.entry, self._now_s(real_s))
        else:
            return
        self._unanswered.drop(line)
        line.state, line.walk = "refused", None
        self.refused += 1
        self._final(line, status, answered(status, line.head), real_s)

    def hang_up(self, line: Line, real_s: float) -> None:
        """The caller's BYE came."""
        if line.state in ("menu", "waiting"):
            self.give_up(line, 487, real_s)
        elif line.state != "refused":
            self._end(line, real_s)

    # What the hotline does

    def tick(self, real_s: float) -> None:
        """Time has passed."""
        now_s = self._now_s(real_s)
        for line in self._alarms.due(real_s):
            self._wake(line, real_s)
        for line in self._unanswered.due(real_s):
            self._keep_waiting(line, real_s, now_s)
        for line in self._answered.due(real_s):
            self._part(line, real_s)
        for floor in self.floors.values():
            floor.tick(now_s)
            self._serve(floor, real_s)
        for datagram, source in self._farewells.tick(real_s):
            self._send(datagram, source)
        self.gone.tick(real_s)

    def close(self, real_s: float) -> None:
        """No more calls: whoever waits is refused and recorded."""
        for line in list(self.lines.values()):
            self.give_up(line, 503, real_s)

    def part_all(self, real_s: float) -> None:
        """End every answered call."""
        for line in list(self.lines.values()):
            if line.state in ("talking", "self_service"):
                self._part(line, real_s)

    # Inside

    def _now_s(self, real_s: float) -> float:
        return self._clock.now_s(real_s)

    def _ask(self, line: Line, real_s: float) -> None:
        self._send(answered(180, line.head, self._answers.ringing), line.source)
        if line.floor.ask(line.entry, self._now_s(real_s)) == "answered":
            self._accept(line, real_s)
        else:
            line.state = "waiting"
            self.waiting[line.entry.call] = line
            self._unanswered.set(line, real_s)
            self._say_queued(line)

    def _accept(self, line: Line, real_s: float) -> None:
        """An agent answers."""
        line.state = "talking"
        self._answered.set(line, real_s)
        self._final(line, 200, answered(200, line.head, self._answers.agent), real_s)

    def _serve(self, floor: BrandFloor, real_s: float) -> None:
        """Let free agents take those who wait."""
        now_s = self._now_s(real_s)
        while (call := floor.next_call(now_s)) is not None:
            line = self.waiting.pop(call)
            floor.take(line.entry, now_s)
            self._unanswered.drop(line)
            self._accept(line, real_s)

    def _serve_self(self, line: Line, real_s: float) -> None:
        """The self-service answers; whoever asks holds one of its ports."""
        line.state, line.walk = "self_service", None
        self._unanswered.drop(line)
        self._answered.set(line, real_s)
        self._final(line, 200, answered(200, line.head, self._answers.self_service), real_s)

    def _divert(self, line: Line, real_s: float) -> None:
        ports = self._setup.menu_ports
        if ports is not None and self.in_menu >= ports:
            self._say_queued(line)
            return
        del self.waiting[line.entry.call]
        line.floor.divert(line.entry, self._now_s(real_s))
        self.in_menu += 1
        self._serve_self(line, real_s)

    def _press_in_menu(self, line: Line, walk: MenuWalk, key: str, real_s: float) -> None:
        item = walk.press(key)
        words = self._setup.terms.words(walk.language)
        if item is None and walk.over:
            self.give_up(line, 480, real_s)
        elif item is None:
            self._say_menu(line, words.not_understood)
        elif item.does == "agent":
            self.in_menu -= 1
            self._unanswered.drop(line)
            line.language, line.walk = walk.language, None
            self._ask(line, real_s)
        elif item.does in ("query", "withdraw"):
            line.floor.leave_menu(line.entry, self._now_s(real_s))
            self._serve_self(line, real_s)
        else:
            self._say_menu(line, words.other_ways if item.does == "ways" else "")

    def _say_menu(self, line: Line, before: str = "") -> None:
        walk = line.walk
        if walk is not None:
            text = "\n".join(filter(None, (before, walk.prompt())))
            self._send(answered(183, line.head, self._answers.menu(text, walk.language)), line.source)

    def _say_queued(self, line: Line) -> None:
        self._send(answered(182, line.head, self._answers.queued(line.language, line.entry.offered)), line.source)

    def _final(self, line: Line, status: int, datagram: bytes, real_s: float) -> None:
        line.transaction, line.status = InviteServer(), status
        self._do(line, line.transaction.answer(status, datagram, real_s))

    def _do(self, line: Line, step: Step) -> None:
        if step.send is not None:
            self._send(step.send, line.source)
        if step.due_s is not None:
            self._alarms.set(line, step.due_s)

    def _wake(self, line: Line, real_s: float) -> None:
        """A retransmission timer of its final answer has run out, unless the ACK came meanwhile."""
        if line.transaction is None or self.lines.get(line.key) is not line:
            return
        step = line.transaction.tick(real_s)
        self._do(line, step)
        if step.told == "unacknowledged" and line.state == "refused":
            self._finish(line)
        elif step.told == "unacknowledged":
            line.floor.counts.unacknowledged += 1
            self._part(line, real_s)

    def _keep_waiting(self, line: Line, real_s: float, now_s: float) -> None:
        """A minute has passed for one who waits: say so, or that it was long enough."""
        if now_s - line.entry.began_s >= self._setup.longest_wait_s:
            self.give_up(line, 480, real_s)
        else:
            self._unanswered.set(line, real_s)
            self.again(line)

    def _part(self, line: Line, real_s: float) -> None:
        """The hotline ends an answered call."""
        for datagram, source in self._farewells.begin(line, real_s):
            self._send(datagram, source)
        self._end(line, real_s)

    def _end(self, line: Line, real_s: float) -> None:
        self._answered.drop(line)
        talked = line.state == "talking"
        if talked:
            line.floor.hang_up(line.entry, self._now_s(real_s))
        else:
            self.in_menu -= 1
            line.entry.ended_s = self._now_s(real_s)
        self._finish(line)
        if talked:
            self._serve(line.floor, real_s)

    def _finish(self, line: Line) -> None:
        """Forget a call, but that it was."""
        if line.state == "refused":
            self.refused -= 1
        line.transaction = None
        del self.lines[line.key]
        self.gone.note(line.key, line.invite_cseq, line.status)
