"""What a caller's telephone writes: the SIP requests of a call, filled into prepared texts (RFC 3261 §8.1.1, §12.2.1).

Thousands are written a second, so no message is built from headers here; what is copied into a text was checked, or
came in a header line of the hotline and goes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dialtest.wire.sip.address import read_address, read_uri
from dialtest.wire.sip.digest import Challenge, best, credentials_for, read_challenge
from dialtest.wire.sip.dtmf import DTMF_RELAY, write_key
from dialtest.wire.sip.glance import branch_of, header_of, headers_of, tag_of
from dialtest.wire.sip.grammar import split
from dialtest.wire.sip.refusal import Garbled

Hop = tuple[str, int]

MOST_WAYS = 1_000
SOFTWARE = b"User-Agent: dialtest\r\n"
ALLOWED = b"Allow: INVITE, ACK, CANCEL, BYE, INFO, OPTIONS, MESSAGE\r\n"
MEDIA = (
    "v=0\r\no=- 0 0 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 0 101\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=inactive\r\n"
)
"""An offer of no media (RFC 3264 §6.1): a load generator neither speaks nor listens."""


class Way(NamedTuple):
    """How requests inside a call go (§12.2.1.1): request URI, Route lines, and where the datagram is sent."""

    uri: bytes
    routes: bytes
    hop: Hop


class Line:
    """The telephone line all callers of one switchboard share.

    hotline, here: host and port of both ends. uris: the hotline's URI for each brand. run: a word that no other run
    has; every Call-ID of this line ends with it. allowed: whether datagrams may be sent to a host. Caller number i
    calls from subscriber number `first_number` + i. password: answers a challenge, as `USER:PASSWORD`, or a password
    alone, whose user is the caller's number; empty where there is none.
    """

    def __init__(
        self,
        hotline: Hop,
        here: Hop,
        brands: Sequence[str],
        run: str,
        allowed: Callable[[str], bool] = lambda host: True,
        first_number: int = 13_800_000_000,
        password: str = "",
    ) -> None:
        self.run = run.encode()
        self.hotline, self.first_number, self.password = hotline, first_number, password
        place, own = "{}:{}".format(*hotline), "{}:{}".format(*here)
        self.uris = [f"sip:10086@{place};brand={brand}".encode() for brand in brands]
        self._brands = [brand.encode() for brand in brands]
        self._straight = [Way(uri, b"", hotline) for uri in self.uris]
        self._allowed = allowed
        self._ways: dict[tuple[bytes, ...], Way] = {}
        self._via = f"Via: SIP/2.0/UDP {own};branch=z9hG4bK%b;rport\r\nMax-Forwards: 70\r\n".encode()
        media = MEDIA.format(host=here[0]).encode()
        contact = f"Contact: <sip:%d@{own}>\r\n".encode()
        to = f"To: <sip:10086@{place}>".encode()
        self._invite = (
            b"INVITE %b SIP/2.0\r\n" + self._via + b"From: <sip:%d@" + own.encode() + b">;tag=%b\r\n" + to + b"\r\n"
            b"Call-ID: %b\r\nCSeq: %d INVITE\r\n%b"
            + contact
            + ALLOWED
            + SOFTWARE
            + b"Content-Type: application/sdp\r\n"
            b"Content-Length: " + str(len(media)).encode() + b"\r\n\r\n" + media
        )
        self._within = (
            b"%b %b SIP/2.0\r\n" + self._via + b"%bFrom: <sip:%d@" + own.encode() + b">;tag=%b\r\n" + to + b"%b\r\n"
            b"Call-ID: %b\r\nCSeq: %d %b\r\n%b" + SOFTWARE
        )
        self._ack = (
            b"ACK %b SIP/2.0\r\n" + self._via + b"From: %b\r\nTo: %b\r\nCall-ID: %b\r\nCSeq: %b ACK\r\n" + SOFTWARE
        )
        self._ack += b"Content-Length: 0\r\n\r\n"

    def call_id(self, caller: int, attempt: int) -> bytes:
        """The Call-ID of one attempt; it names the caller."""
        return b"%d-%d-%b" % (caller, attempt, self.run)

    def caller_of(self, call_id: bytes) -> int | None:
        """Which caller a Call-ID names; None for one that is not of this run."""
        caller, _, rest = call_id.partition(b"-")
        ours = rest.partition(b"-")[2] == self.run and caller.isdigit() and len(caller) < 12
        return int(caller) if ours else None

    def number(self, caller: int) -> int:
        """The subscriber number of a caller."""
        return self.first_number + caller

    def invite(self, caller: int, brand: int, call_id: bytes, cseq: int, proof: bytes = b"") -> bytes:
        """The INVITE of a call; `proof` is a line that answers a challenge."""
        number = self.first_number + caller
        branch = b"%b-%d" % (call_id, cseq)
        return self._invite % (self.uris[brand], branch, number, call_id, call_id, cseq, proof, number)

    def cancel(self, caller: int, brand: int, call_id: bytes, cseq: int) -> bytes:
        """The CANCEL of an INVITE (§9.1): in its transaction's branch, to where it went."""
        return self._filled(b"CANCEL", self._straight[brand], caller, call_id, b"%b-%d" % (call_id, cseq), b"", cseq)

    def within(
        self, method: bytes, way: Way, caller: int, call_id: bytes, tag: bytes, cseq: int, lines: bytes = b"",
        body: bytes = b"",
    ) -> bytes:  # fmt: skip
        """A request inside a call, in a branch of its own; `tag` is the hotline's."""
        branch = b"%b-%d%b" % (call_id, cseq, method)
        return self._filled(method, way, caller, call_id, branch, b";tag=" + tag if tag else b"", cseq, lines, body)

    def key(self, way: Way, caller: int, call_id: bytes, tag: bytes, cseq: int, key: str, proof: bytes = b"") -> bytes:
        """The INFO of a key the caller presses."""
        lines = b"Content-Type: " + DTMF_RELAY.encode() + b"\r\n" + proof
        return self.within(b"INFO", way, caller, call_id, tag, cseq, lines, write_key(key))

    def ack_refusal(self, brand: int, refusal: bytes) -> bytes:
        """The ACK of an answer 300–699 (§17.1.1.3), made of the answer alone: no call is kept for it."""
        branch = branch_of(header_of(refusal, b"via"))[7:]
        sender, receiver = header_of(refusal, b"from"), header_of(refusal, b"to")
        call_id, cseq = header_of(refusal, b"call-id"), header_of(refusal, b"cseq").split()[0]
        return self._ack % (self.uris[brand], branch, sender, receiver, call_id, cseq)

    def farewell(self, brand: int, caller: int, call_id: bytes, answer: bytes) -> list[tuple[bytes, Hop]]:
        """ACK and BYE for a 2xx of a call that is over on our side: nobody stays on the line for it."""
        way, tag = self.way(brand, answer), tag_of(header_of(answer, b"to"))
        number = header_of(answer, b"cseq").split()[0]
        cseq = int(number) if number.isdigit() and len(number) < 10 else 1
        ack = self.within(b"ACK", way, caller, call_id, tag, cseq)
        return [(ack, way.hop), (self.within(b"BYE", way, caller, call_id, tag, cseq + 1_000), way.hop)]

    def straight(self, brand: int) -> Way:
        """The way of requests as long as the hotline has named no other."""
        return self._straight[brand]

    def way(self, brand: int, answer: bytes) -> Way:
        """The way an answer 101–299 names by Contact and Record-Route (§12.1.2); the straight one where they are no
        addresses. A hop that may not be loaded is not taken: the datagram goes to the hotline then.
        """
        key = (header_of(answer, b"contact"), *headers_of(answer, b"record-route"))
        way = self._ways.get(key)
        if way is None:
            try:
                way = self._read_way([part.decode() for part in key])
            except (Garbled, UnicodeDecodeError):
                return self._straight[brand]
            if len(self._ways) >= MOST_WAYS:
                self._ways.clear()
            self._ways[key] = way
        return way

    def proof(self, refusal: bytes, method: str, uri: bytes, caller: int, cnonce: bytes) -> bytes | None:
        """The header line that answers a 401 or 407 (§22.2); None where nothing can."""
        for asks, answers in ((b"www-authenticate", "Authorization"), (b"proxy-authenticate", "Proxy-Authorization")):
            challenge = _challenge(headers_of(refusal, asks)) if self.password else None
            if challenge is not None:
                user, colon, password = self.password.partition(":")
                if not colon:
                    user, password = str(self.first_number + caller), self.password
                given = credentials_for(challenge, user, password, method, uri.decode(), cnonce.decode())
                return f"{answers}: {given}\r\n".encode()
        return None

    def _filled(
        self, method: bytes, way: Way, caller: int, call_id: bytes, branch: bytes, tag: bytes, cseq: int,
        lines: bytes = b"", body: bytes = b"",
    ) -> bytes:  # fmt: skip
        number = self.first_number + caller
        head = self._within % (method, way.uri, branch, way.routes, number, call_id, tag, call_id, cseq, method, lines)
        return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)

    def _read_way(self, key: Sequence[str]) -> Way:
        contact, routes = str(read_address(key[0]).uri), [one for line in key[1:] for one in split(line, ",")][::-1]
        if routes and read_address(routes[0]).uri.parameter("lr") is None:
            contact, routes = str(read_address(routes[0]).uri), [*routes[1:], f"<{contact}>"]
            hop = read_uri(contact).hop
        else:
            hop = (read_address(routes[0]).uri if routes else read_uri(contact)).hop
        lines = "".join(f"Route: {one}\r\n" for one in routes)
        return Way(contact.encode(), lines.encode(), hop if self._allowed(hop[0]) else self.hotline)


def answer_to(request: bytes, status: int, reason: bytes, tag: bytes) -> bytes:
    """A short answer to a request of the hotline's (§8.2.6): its Via lines, From, To, Call-ID and CSeq."""
    lines = [b"SIP/2.0 %d %b" % (status, reason), *(b"Via: " + via for via in headers_of(request, b"via"))]
    to = header_of(request, b"to")
    lines += [b"From: " + header_of(request, b"from"), b"To: " + (to if tag_of(to) else to + b";tag=" + tag)]
    lines += [b"Call-ID: " + header_of(request, b"call-id"), b"CSeq: " + header_of(request, b"cseq")]
    return b"\r\n".join([*lines, b"Content-Length: 0", b"", b""])


def _challenge(texts: Sequence[bytes]) -> Challenge | None:
    found = []
    for text in texts:
        try:
            found.append(read_challenge(text.decode()))
        except (Garbled, UnicodeDecodeError):
            continue
    return best(found)
