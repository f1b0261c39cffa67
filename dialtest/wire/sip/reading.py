"""Datagrams into messages: strict, bounded, and with one error for all that is wrong (RFC 3261 §7, §18.3)."""

from __future__ import annotations

import re

from dialtest.wire.sip.address import read_uri
from dialtest.wire.sip.grammar import TOKEN, number, split
from dialtest.wire.sip.message import Headers, Message, Request, Response
from dialtest.wire.sip.names import ONCE, VERSION, canonical
from dialtest.wire.sip.refusal import Garbled
from dialtest.wire.sip.via import read_via

MOST_BYTES = 65_535
MOST_LINES = 128
LONGEST_LINE = 8192
_BAD = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_FOLD = re.compile(rb"[ \t]*\r\n[ \t]+")


def read(datagram: bytes) -> Message:
    """The message in one datagram; raises Garbled for everything that is none, and nothing else.

    Line breaks before the message are skipped (§7.5); folded lines are unfolded (§7.3.1); bytes beyond Content-Length
    are left away, and fewer are an error (§18.3). Header names come out in their long form, and Content-Length is left
    out. Stricter than the RFC asks for, so that nobody reads another message than we do: headers that may stand once
    are not doubled, values hold no control characters and are UTF-8.
    """
    head, blank, rest = datagram[:MOST_BYTES].lstrip(b"\r\n").partition(b"\r\n\r\n")
    if len(datagram) > MOST_BYTES or not blank:
        raise Garbled(f"{len(datagram)} bytes without an empty line that ends the headers")
    start, *lines = _lines(head)
    headers = Headers(tuple(map(_header, lines)))
    _check_once(headers)
    body, headers = _body(headers, rest), headers.without("Content-Length")
    message = _read_status(start, headers, body) if start.startswith(f"{VERSION} ") else _request(start, headers, body)
    _check(message)
    return message


def _lines(head: bytes) -> list[str]:
    try:
        text = _FOLD.sub(b" ", head).decode()
    except UnicodeDecodeError as error:
        raise Garbled(f"byte {error.start} of the headers is not UTF-8") from None
    lines = text.split("\r\n")
    if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise Garbled(f"{len(lines)} lines, or a line longer than {LONGEST_LINE} characters", 513)
    if _BAD.search(text.replace("\r\n", "")):
        raise Garbled("a control character stands in the headers")
    return lines


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    name = name.rstrip(" \t")
    if not colon or not TOKEN.fullmatch(name):
        raise Garbled(f"{line[:60]!r} is no header")
    return canonical(name), value.strip(" \t")


def _check_once(headers: Headers) -> None:
    seen: set[str] = set()
    for name, _ in headers.lines:
        if name in ONCE and name in seen:
            raise Garbled(f"{name} stands there twice")
        seen.add(name)


def _body(headers: Headers, rest: bytes) -> bytes:
    stated = headers.first("Content-Length")
    if stated is None:
        return rest
    length = number(stated, "Content-Length", MOST_BYTES)
    if length > len(rest):
        raise Garbled(f"Content-Length says {length}, {len(rest)} bytes are there")
    return rest[:length]


def _request(start: str, headers: Headers, body: bytes) -> Request:
    parts = start.split(" ")
    if len(parts) != 3 or not TOKEN.fullmatch(parts[0]):
        raise Garbled(f"{start[:60]!r} is no request line")
    method, uri, version = parts
    if version.upper() != VERSION:
        raise Garbled(f"the version is {version[:20]!r}, not {VERSION}", 505)
    return Request(method, uri, headers, body)


def _read_status(start: str, headers: Headers, body: bytes) -> Response:
    _, status, *reason = start.split(" ", 2)
    if not (len(status) == 3 and status.isascii() and status.isdigit() and 100 <= int(status) < 700):
        raise Garbled(f"{start[:60]!r} is no status line")
    return Response(int(status), reason[0] if reason else "", headers, body)


def _check(message: Message) -> None:
    """§8.1.1: what every message has. Max-Forwards may be missing, as in RFC 2543; a request's URI is one we know."""
    cseq_method = message.cseq[1]
    if not message.call_id:
        raise Garbled("the Call-ID is empty")
    message.sender, message.receiver  # noqa: B018 - reading them is the check
    for hop in message.headers.all("Via") or ("",):
        read_via(hop)
    for name in ("Route", "Record-Route", "Contact"):
        for value in message.headers.all(name):
            split(value, ";")
    if isinstance(message, Request):
        if cseq_method != message.method:
            raise Garbled(f"the method is {message.method[:20]}, that of CSeq {cseq_method[:20]}")
        number(message.headers.first("Max-Forwards") or "70", "Max-Forwards", 255)
        read_uri(message.uri)
