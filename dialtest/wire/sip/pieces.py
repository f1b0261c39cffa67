"""The fields of a plainly written request, cut from its bytes without parsing what stands in them.

Nearly every request of a call is written plainly: ASCII, no folded lines, addresses without frills. `plain` takes such
requests only, in a few microseconds, and says None to everything else, which then goes through `read`; whatever it
takes, `read` takes too, and finds the same there.
"""

from __future__ import annotations

import re

from dialtest.wire.sip.address import read_address
from dialtest.wire.sip.grammar import MOST_PARAMETERS, TOKEN, value_of
from dialtest.wire.sip.message import Request
from dialtest.wire.sip.names import COMPACT, ONCE, WRITTEN, canonical
from dialtest.wire.sip.reading import MOST_BYTES
from dialtest.wire.sip.refusal import Garbled

LARGEST_HEAD = 8192
MOST_LINES = 64

_ASCII = bytes(range(0x20, 0x7F)) + b"\r\n"
_HOST = rb"[0-9A-Za-z](?:[\w.\-]*[0-9A-Za-z])?(?::(?:[1-5]\d{4}|[1-9]\d{0,3}))?"
_URI = rb"(?:sip:(?:([\w+.\-]+)@)?" + _HOST + rb"|tel:(\+?[\d\-]{1,38}))"
_PARAMETERS = rb"((?:;[a-z][a-z\-]*(?:=[\w.+\-]+)?)*)"
_TARGET = re.compile(_URI + _PARAMETERS)
_ADDRESS = re.compile(rb'(?:[\w.\-]+ ?|"[\w .+\-]*" ?)?<' + _URI + rb">(?:;tag=([\w.!%*+`'~\-]+))?")
_HOP = re.compile(rb"SIP/2\.0/UDP (" + _HOST + rb");branch=([\w.!%*+`'~\-]+)(;rport)?")
_BEHIND = rb"(?:;[\w\-]+(?:=[\w.+\-]+)?)*"
_ROUTES = re.compile(rb'<[^<>"]*>%b(?:, ?<[^<>"]*>%b)*' % (_BEHIND, _BEHIND))
_CONTACT = re.compile(rb'<([^<>"]*)>%b|(sip:[^<>",;? ]+)' % _BEHIND)
_CSEQ = re.compile(rb"(\d{1,9}) ([A-Z]+)")

# The names as they are usually written; a line of any other writing of these makes its request no plain one
_USUAL = {
    writing.encode(): name.encode()
    for name in WRITTEN
    for writing in {name, name.lower(), *(short for short, long in COMPACT.items() if long == name)}
}
_ONCE = frozenset(name.encode() for name in ONCE)


class Pieces:
    """A request in pieces of its datagram.

    via: every Via line as it stands, with their line breaks. sent_by, branch: of the topmost. rport: whether it asks
    for its port. sender, receiver: From and To as they stand, and their tags; user: the user or number of From.
    routes: the Record-Route values. found: the values of other headers under their long names, each as it stands.
    """

    __slots__ = (
        "body",
        "branch",
        "call_id",
        "cseq",
        "found",
        "method",
        "receiver",
        "receiver_tag",
        "routes",
        "rport",
        "sender",
        "sender_tag",
        "sent_by",
        "uri",
        "user",
        "via",
    )

    method: bytes
    uri: bytes
    via: bytes
    sent_by: bytes
    branch: bytes
    rport: bool
    sender: bytes
    sender_tag: bytes
    user: bytes
    receiver: bytes
    receiver_tag: bytes
    call_id: bytes
    cseq: int
    routes: list[bytes]
    found: dict[bytes, bytes]
    body: bytes


def plain(datagram: bytes) -> Pieces | None:
    """The request in a datagram, if it is plainly written; None for everything else, sound or not."""
    head, blank, body = datagram.partition(b"\r\n\r\n")
    if not blank or len(head) > LARGEST_HEAD or len(datagram) > MOST_BYTES or not _lines_only(head):
        return None
    start, *lines = head.split(b"\r\n")
    if len(lines) > MOST_LINES:
        return None
    pieces = Pieces()
    if not (_cut_lines(pieces, lines) and _cut_start(pieces, start) and _cut_addresses(pieces)):
        return None
    length = pieces.found.get(b"Content-Length")
    if length is not None:
        if not (length.isdigit() and len(length) <= 5 and int(length) <= len(body)):
            return None
        body = body[: int(length)]
    pieces.body = body
    return pieces


def pieces_of(request: Request) -> Pieces:
    """The same pieces of a request that `read` gave, however it was written."""
    pieces = Pieces()
    headers, via = request.headers, request.via
    sender, receiver = request.sender, request.receiver
    pieces.method, pieces.uri = request.method.encode(), request.uri.encode()
    pieces.via = b"".join(b"Via: %s\r\n" % value.encode() for name, value in headers.lines if name == "Via")
    pieces.sent_by = (via.host if via.port is None else f"{via.host}:{via.port}").encode()
    pieces.branch = via.branch.encode()
    pieces.rport = value_of(via.parameters, "rport") is not None
    pieces.sender, pieces.receiver = ((headers.first(name) or "").encode() for name in ("From", "To"))
    pieces.sender_tag, pieces.receiver_tag = (sender.tag or "").encode(), (receiver.tag or "").encode()
    pieces.user = sender.uri.user.encode()
    pieces.call_id, pieces.cseq = request.call_id.encode(), request.cseq[0]
    pieces.routes = [value.encode() for name, value in headers.lines if name == "Record-Route"]
    pieces.found = {}
    for name, value in headers.lines:
        if name not in ("Via", "Record-Route"):
            pieces.found.setdefault(name.encode(), value.encode())
    pieces.body = request.body
    return pieces


def contact_of(pieces: Pieces) -> bytes:
    """The URI of the request's Contact; empty where there is none, or more than one."""
    value = pieces.found.get(b"Contact", b"")
    found = _CONTACT.fullmatch(value)
    if found:
        return found[1] or found[2]
    try:
        return str(read_address(value.decode()).uri).encode() if value else b""
    except Garbled:
        return b""


def _lines_only(head: bytes) -> bool:
    """Whether the headers are ASCII, with whole line breaks and without folds."""
    if head.translate(None, _ASCII) or b"\r\n " in head:
        return False
    return head.count(b"\r") == head.count(b"\n") == head.count(b"\r\n")


def _cut_lines(pieces: Pieces, lines: list[bytes]) -> bool:
    found: dict[bytes, bytes] = {}
    vias: list[bytes] = []
    routes: list[bytes] = []
    for line in lines:
        name, colon, value = line.partition(b": ")
        usual = _USUAL.get(name)
        if not colon or (usual is None and not _other(name)):
            return False
        if usual is None:
            found.setdefault(name, value.strip(b" "))
        elif usual == b"Via":
            vias.append(value)
        elif usual == b"Record-Route":
            routes.append(value)
        elif usual not in found:
            found[usual] = value.strip(b" ")
        elif usual in _ONCE or usual == b"Contact":
            return False
    pieces.found, pieces.routes = found, routes
    return _cut_hops(pieces, vias)


def _cut_hops(pieces: Pieces, vias: list[bytes]) -> bool:
    hops = [_HOP.fullmatch(via) for via in vias]
    route = pieces.found.get(b"Route")
    if not all(hops) or not all(map(_ROUTES.fullmatch, [*pieces.routes, route] if route else pieces.routes)):
        return False
    top = hops[0] if hops else None
    if top is None:
        return False
    pieces.via = b"".join([b"Via: %s\r\n" % via for via in vias])
    pieces.sent_by, pieces.branch, pieces.rport = top[1], top[2], top[3] is not None
    return True


def _other(name: bytes) -> bool:
    """Whether a line's name is a token, and not another writing of one we know."""
    text = name.decode()
    return TOKEN.fullmatch(text) is not None and canonical(text) == text and text not in WRITTEN


def _cut_start(pieces: Pieces, start: bytes) -> bool:
    parts = start.split(b" ")
    cseq = _CSEQ.fullmatch(pieces.found.get(b"CSeq", b""))
    if len(parts) != 3 or parts[2] != b"SIP/2.0" or cseq is None or cseq[2] != parts[0]:
        return False
    target = _TARGET.fullmatch(parts[1])
    if target is None:
        return False
    names = [parameter.partition(b"=")[0] for parameter in target[3].split(b";")[1:]]
    if len(set(names)) != len(names) or len(names) > MOST_PARAMETERS:
        return False
    pieces.method, pieces.uri, pieces.cseq = parts[0], parts[1], int(cseq[1])
    return True


def _cut_addresses(pieces: Pieces) -> bool:
    found = pieces.found
    sender = _ADDRESS.fullmatch(found.get(b"From", b""))
    receiver = _ADDRESS.fullmatch(found.get(b"To", b""))
    call_id = found.get(b"Call-ID", b"")
    if sender is None or receiver is None or not call_id or b" " in call_id:
        return False
    hops, contact = found.get(b"Max-Forwards", b"70"), found.get(b"Contact")
    if not (hops.isdigit() and len(hops) <= 2) or (contact is not None and _CONTACT.fullmatch(contact) is None):
        return False
    pieces.sender, pieces.sender_tag, pieces.user = sender[0], sender[3] or b"", sender[1] or sender[2] or b""
    pieces.receiver, pieces.receiver_tag = receiver[0], receiver[3] or b""
    pieces.call_id = call_id
    return True
