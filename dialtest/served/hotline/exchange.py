"""The hotline's exchange: requests of callers and the time in, answers out (RFC 3261 §8.2, §12.2.2). Opens no socket.

Which call a request belongs to, and whether it may be, is decided here; what it does to the call is `Calls`' matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from dialtest.served.hotline.answers import Answers, answered, head_of, header_lines, way_back
from dialtest.served.hotline.calls import Calls, Sender
from dialtest.served.hotline.farewells import Farewells
from dialtest.served.hotline.gate import Gate
from dialtest.served.hotline.line import Line, Source
from dialtest.served.hotline.setup import HotlineSetup, ScaledClock
from dialtest.wire.sip.address import read_uri
from dialtest.wire.sip.dtmf import DTMF, DTMF_RELAY, read_key
from dialtest.wire.sip.message import Request
from dialtest.wire.sip.pieces import Pieces, contact_of, pieces_of, plain
from dialtest.wire.sip.reading import read
from dialtest.wire.sip.refusal import Garbled

MOST_KNOWN = 65_536  # addresses and request URIs remembered to save looking twice
LONGEST_NAME = 32
RETRY_AFTER_S = 30
OTHER_METHODS = frozenset((b"REGISTER", b"SUBSCRIBE", b"NOTIFY", b"MESSAGE", b"REFER", b"UPDATE", b"PRACK", b"PUBLISH"))
TYPES_HEARD = frozenset((b"", b"application/sdp"))

Answered = Literal["garbage", "request", "answer"]


class Target(NamedTuple):
    """What a request URI asks for. `status`: how it is refused, 0 for not at all."""

    status: int
    brand: str
    menu: bool


class Exchange:
    """One hotline that listens at `here`. `secret`: random bytes of this process, for tags and nonces.

    garbage: datagrams that were no request of SIP. resent: requests that came again and did nothing.
    """

    def __init__(self, setup: HotlineSetup, clock: ScaledClock, here: Source, secret: bytes, send: Sender) -> None:
        self.setup = setup
        self.clock = clock
        self.here = here
        self.garbage = 0
        self.resent = 0
        self.closed = False
        self.farewells = Farewells(here)
        self._answers = Answers(setup.terms, *here)
        self.calls = Calls(setup, clock, self._answers, self.farewells, send)
        self._send = send
        self._salt = secret[:4].hex().encode()
        self._gate = Gate(*setup.digest, setup.terms.number, secret) if setup.digest else None
        self._names: dict[Source, bytes] = {}
        self._targets: dict[bytes, Target] = {}
        self._does: Mapping[bytes, Callable[[Pieces, bytes, Source, float], None]] = {
            b"INVITE": self._invite,
            b"ACK": self._ack,
            b"BYE": self._bye,
            b"CANCEL": self._cancel,
            b"INFO": self._info,
            b"OPTIONS": self._options,
        }

    def receive(self, datagram: bytes, source: Source, real_s: float) -> None:
        """A datagram came. Garbage is counted and dropped; nothing that comes raises anything."""
        if datagram.startswith(b"SIP/2.0 "):
            self.farewells.receive(datagram, real_s)
            return
        if not datagram.strip(b"\r\n\0"):
            return  # keeps an address open (RFC 5626 §3.5.1)
        pieces = plain(datagram) or _read(datagram)
        if pieces is None:
            self.garbage += 1
            return
        try:
            via, source = way_back(pieces, source, self._name(source))
        except Garbled:  # nobody could be answered
            self.garbage += 1
            return
        doing = self._does.get(pieces.method)
        if doing is not None:
            doing(pieces, via, source, real_s)
        else:
            known = pieces.method in OTHER_METHODS
            self._answer(pieces, via, source, 405 if known else 501, self._answers.not_allowed)

    def tick(self, real_s: float) -> None:
        """Time has passed."""
        self.calls.tick(real_s)

    # Requests

    def _invite(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        key = _key(pieces)
        line = self.calls.lines.get(key)
        if line is not None:
            self._invite_again(line, pieces, via, source)
            return
        before = self.calls.gone.status(key, pieces.cseq)
        if before:
            self.resent += 1
            if before >= 300:
                self._answer(pieces, via, source, before)
            return
        self.clock.start(real_s)
        target = self._target(pieces.uri)
        status, tail = self._refusal(pieces, target, real_s)
        if status:
            self._answer(pieces, via, source, status, tail)
        else:
            self._begin(pieces, target, via, source, real_s)

    def _begin(self, pieces: Pieces, target: Target, via: bytes, source: Source, real_s: float) -> None:
        calls, now_s = self.calls, self.clock.now_s(real_s)
        floor = calls.floors[target.brand]
        entry = floor.begin(msisdn_of(pieces.user), now_s)
        key = _key(pieces)
        if calls.full(target.menu):
            floor.no_line(entry, now_s)
            calls.gone.note(key, pieces.cseq, 486)
            self._answer(pieces, via, source, 486)
            return
        self._send(answered(100, head_of(pieces, via, b"")), source)
        tag = b"%x-%s" % (entry.call, self._salt)
        head = head_of(pieces, via, tag)
        line = Line(key, pieces.branch, pieces.cseq, source, tag, head, contact_of(pieces), floor, entry)
        calls.begin(line, target.menu, real_s)

    def _invite_again(self, line: Line, pieces: Pieces, via: bytes, source: Source) -> None:
        if pieces.branch == line.branch and pieces.cseq == line.invite_cseq:
            self.resent += 1
            self.calls.again(line)
        elif not pieces.receiver_tag:
            self._answer(pieces, via, source, 482)  # the same call by another way (§8.2.2.2)
        elif pieces.receiver_tag != line.tag:
            self._answer(pieces, via, source, 481)
        else:
            self._answer(pieces, via, source, 488)  # nothing to negotiate anew: the call goes on as it is (§14.2)

    def _ack(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        line = self.calls.lines.get(_key(pieces))
        if line is not None and pieces.cseq == line.invite_cseq and pieces.receiver_tag == line.tag:
            self.calls.acknowledge(line, real_s)

    def _bye(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        key = _key(pieces)
        line = self.calls.lines.get(key)
        if line is not None and pieces.receiver_tag == line.tag:
            self._answer(pieces, via, source, 200)
            self.calls.hang_up(line, real_s)
        elif line is None and key in self.calls.gone:
            self.resent += 1
            self._answer(pieces, via, source, 200)
        else:
            self._answer(pieces, via, source, 481)

    def _cancel(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        key = _key(pieces)
        line = self.calls.lines.get(key)
        if line is not None and pieces.branch == line.branch and pieces.cseq == line.invite_cseq:
            self._send(answered(200, head_of(pieces, via, line.tag)), source)
            self.calls.give_up(line, 487, real_s)
        elif line is None and key in self.calls.gone:
            self.resent += 1
            self._answer(pieces, via, source, 200)
        else:
            self._answer(pieces, via, source, 481)

    def _info(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        line = self.calls.lines.get(_key(pieces))
        if line is None or pieces.receiver_tag != line.tag:
            self._answer(pieces, via, source, 481)
        elif pieces.cseq < line.cseq:
            self._answer(pieces, via, source, 500)
        elif pieces.cseq == line.cseq:
            self.resent += 1
            self._answer(pieces, via, source, 200)
        else:
            line.cseq = pieces.cseq
            self._press(line, pieces, via, source, real_s)

    def _press(self, line: Line, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        kind = pieces.found.get(b"Content-Type", b"").decode()
        if kind.partition(";")[0].strip().lower() not in ("", DTMF_RELAY, DTMF):
            self._answer(pieces, via, source, 415, header_lines([("Accept", f"{DTMF_RELAY}, {DTMF}")]))
            return
        self._answer(pieces, via, source, 200)
        key = read_key(kind, pieces.body)
        if key:
            self.calls.press(line, key, real_s)

    def _options(self, pieces: Pieces, via: bytes, source: Source, real_s: float) -> None:
        status = 503 if self.closed else self._target(pieces.uri).status
        self._answer(pieces, via, source, status or 200, self._answers.options)

    # Answers

    def _refusal(self, pieces: Pieces, target: Target, real_s: float) -> tuple[int, bytes]:
        """How a new call is refused before it is one; 0 for not at all."""
        nothing = self._answers.nothing
        if self.closed:
            return 503, header_lines([("Retry-After", str(RETRY_AFTER_S))])
        if target.status or pieces.receiver_tag or not pieces.sender_tag:
            return target.status or (481 if pieces.receiver_tag else 400), nothing
        if required := pieces.found.get(b"Require"):
            return 420, header_lines([("Unsupported", required.decode())])
        if pieces.body and pieces.found.get(b"Content-Type", b"").lower() not in TYPES_HEARD:
            return 415, header_lines([("Accept", "application/sdp")])
        if self._gate is not None and not self._gate.lets_in(pieces, real_s):
            return 401, header_lines(self._gate.challenges(pieces, real_s))
        return 0, nothing

    def _answer(self, pieces: Pieces, via: bytes, source: Source, status: int, tail: bytes = b"") -> None:
        """An answer that needs no memory: should it get lost, the request comes again and gets the same."""
        head = head_of(pieces, via, b"%s-%s" % (pieces.sender_tag[:16], self._salt))
        self._send(answered(status, head, tail or self._answers.nothing), source)

    def _target(self, uri: bytes) -> Target:
        found = self._targets.get(uri)
        if found is None:
            if len(self._targets) >= MOST_KNOWN:
                self._targets.clear()
            found = self._targets[uri] = target_of(uri.decode(), self.setup)
        return found

    def _name(self, source: Source) -> bytes:
        """How an address writes itself in a Via."""
        name = self._names.get(source)
        if name is None:
            if len(self._names) >= MOST_KNOWN:
                self._names.clear()
            name = self._names[source] = f"{source[0]}:{source[1]}".encode()
        return name


def target_of(uri: str, setup: HotlineSetup) -> Target:
    """What a request URI asks for: `sip:10086@host;brand=mzone;menu`. A call that names no brand goes to the first."""
    try:
        read = read_uri(uri)
    except Garbled as garbled:
        return Target(garbled.status, "", False)
    brand = read.parameter("brand") or setup.brands[0]
    if read.user != setup.terms.number or brand not in setup.brands:
        return Target(404, "", False)
    return Target(0, brand, setup.menu or read.parameter("menu") is not None)


def msisdn_of(user: bytes) -> str:
    """The number of a caller, without the country's 86; a name of 32 characters at most where it is none."""
    text = user.decode(errors="replace")[:LONGEST_NAME]
    digits = text.replace("-", "")
    for prefix in ("+86", "0086", "86"):
        rest = digits.removeprefix(prefix)
        if rest != digits and len(rest) == 11 and rest.isascii() and rest.isdigit():
            return rest
    return digits if digits.isascii() and digits.isdigit() else text


def _key(pieces: Pieces) -> bytes:
    return b"%s\n%s" % (pieces.call_id, pieces.sender_tag)


def _read(datagram: bytes) -> Pieces | None:
    """A request that is not plainly written."""
    try:
        message = read(datagram)
        return pieces_of(message) if isinstance(message, Request) else None
    except Garbled:
        return None
