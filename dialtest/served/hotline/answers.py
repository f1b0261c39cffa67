"""The hotline's answers as bytes: what stands in each beside the headers that it repeats from its request."""

from __future__ import annotations

from collections.abc import Iterable

from dialtest.policy.hotline_terms import HotlineTerms, Language
from dialtest.wire.sip.address import DEFAULT_PORT
from dialtest.wire.sip.grammar import split
from dialtest.wire.sip.names import reason_of
from dialtest.wire.sip.pieces import Pieces
from dialtest.wire.sip.via import read_via

METHODS = "INVITE, ACK, BYE, CANCEL, INFO, OPTIONS"
OFFER = "1=wait, 2=self-service"
_EMPTY = b"Content-Length: 0\r\n\r\n"

# RFC 3264: one inactive audio stream; nothing is ever said or heard but by the text of answers
_SDP = b"v=0\r\no=10086 0 0 IN IP4 %s\r\ns=10086\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8\r\na=inactive\r\n"


class Answers:
    """The tails of all answers of one hotline, which stands at `host` and `port`; made once."""

    def __init__(self, terms: HotlineTerms, host: str, port: int) -> None:
        self.contact = f"sip:{terms.number}@{host}:{port}"
        self._terms = terms
        contact = f"Contact: <{self.contact}>\r\n".encode()
        allow = f"Allow: {METHODS}\r\n".encode()
        sdp = _SDP % (host.encode(), host.encode())
        self.trying = _EMPTY
        self.ringing = contact + _EMPTY
        self.agent = _accepting(b"agent", contact + allow, sdp)
        self.self_service = _accepting(b"self-service", contact + allow, sdp)
        self.options = (
            contact + allow + b"Accept: application/sdp, application/dtmf-relay, application/dtmf\r\n" + _EMPTY
        )
        self.not_allowed = allow + _EMPTY
        self.nothing = _EMPTY
        self._contact = contact
        self._queued = {
            (language, offered): self._say(self._waiting_words(language, offered), language, offered)
            for language in ("zh", "en")
            for offered in (False, True)
        }

    def queued(self, language: Language, offered: bool) -> bytes:
        """The tail of 182 Queued: that all agents are busy, and with the emergency flow on the choice and other ways
        to withdraw (H3).
        """
        return self._queued[language, offered]

    def menu(self, text: str, language: Language) -> bytes:
        """The tail of a 183 that says `text`."""
        return self._say(text, language, offered=False)

    def _waiting_words(self, language: Language, offered: bool) -> str:
        words = self._terms.words(language)
        said = (words.please_wait, words.offer, words.other_ways) if offered else (words.please_wait,)
        return "\n".join(said)

    def _say(self, text: str, language: Language, offered: bool) -> bytes:
        body = text.encode()
        lines = [f"X-Offer: {OFFER}"] if offered else []
        lines += [f"Content-Language: {language}", "Content-Type: text/plain;charset=utf-8"]
        lines += [f"Content-Length: {len(body)}", "", ""]
        return self._contact + "\r\n".join(lines).encode() + body


def first_line(status: int) -> bytes:
    """The status line."""
    return f"SIP/2.0 {status} {reason_of(status)}\r\n".encode()


LINES = {status: first_line(status) for status in (100, 180, 182, 183, 200, 481, 486, 487, 503)}


def answered(status: int, head: bytes, tail: bytes = _EMPTY) -> bytes:
    """An answer of its repeated headers and its tail."""
    return (LINES.get(status) or first_line(status)) + head + tail


def head_of(pieces: Pieces, via: bytes, tag: bytes) -> bytes:
    """The headers an answer repeats (RFC 3261 §8.2.6.2), with Record-Route (§12.1.1); `tag` goes to To, unless it has
    one, or is empty.
    """
    receiver = pieces.receiver if pieces.receiver_tag or not tag else b"%s;tag=%s" % (pieces.receiver, tag)
    head = b"%sFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %d %s\r\n" % (
        via,
        pieces.sender,
        receiver,
        pieces.call_id,
        pieces.cseq,
        pieces.method,
    )
    return head + b"".join([b"Record-Route: %s\r\n" % route for route in pieces.routes]) if pieces.routes else head


def way_back(pieces: Pieces, source: tuple[str, int], known_as: bytes) -> tuple[bytes, tuple[str, int]]:
    """The Via lines of an answer to a request from `source`, which writes itself `known_as`, and where it is sent: to
    the host the request really came from, at the port it names, or asks for by `rport` (RFC 3261 §18.2, RFC 3581 §4).
    """
    if not pieces.rport and pieces.sent_by == known_as:
        return pieces.via, source
    first, rest = pieces.via.split(b"\r\n", 1)
    top, *more = split(first.removeprefix(b"Via: ").decode(), ",")
    seen = read_via(top).seen_from(*source)
    port = source[1] if pieces.rport else seen.port or DEFAULT_PORT
    return f"Via: {', '.join([str(seen), *more])}\r\n".encode() + rest, (source[0], port)


def header_lines(lines: Iterable[tuple[str, str]]) -> bytes:
    """Further headers of an answer without body."""
    return "".join(f"{name}: {value}\r\n" for name, value in lines).encode() + _EMPTY


def _accepting(by: bytes, headers: bytes, sdp: bytes) -> bytes:
    return b"%sX-Answered-By: %s\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s" % (
        headers,
        by,
        len(sdp),
        sdp,
    )
