"""SIP requests and responses as values, and as the bytes they are on the wire (RFC 3261 §7)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from dialtest.wire.sip.address import Address, read_address
from dialtest.wire.sip.grammar import one_line, split, token
from dialtest.wire.sip.names import LISTS, VERSION, canonical, reason_of
from dialtest.wire.sip.refusal import Garbled
from dialtest.wire.sip.via import Via, read_via

LARGEST_CSEQ = 2**31 - 1  # RFC 3261 §8.1.1.5


class Headers(Struct, frozen=True):
    """A message's header lines in their order, names as `canonical` has them; values without folds."""

    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, *lines: tuple[str, str]) -> Headers:
        """Headers of names in any writing."""
        return cls(tuple((canonical(name), value) for name, value in lines))

    def first(self, name: str) -> str | None:
        """The value of the first line of that name; None where there is none."""
        known = canonical(name)
        return next((value for line, value in self.lines if line == known), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of that name, lists cut at their commas; raises Garbled for a list that is none."""
        known = canonical(name)
        values = [value for line, value in self.lines if line == known]
        if known not in LISTS:
            return tuple(values)
        return tuple(one for value in values for one in split(value, ",") if one)

    def plus(self, *lines: tuple[str, str]) -> Headers:
        """With these lines behind the others."""
        return Headers(self.lines + Headers.of(*lines).lines)

    def without(self, *names: str) -> Headers:
        """Without the lines of these names."""
        dropped = {canonical(name) for name in names}
        return Headers(tuple(line for line in self.lines if line[0] not in dropped))


class _Message(Struct, frozen=True):
    """What requests and responses share. The properties raise Garbled for a header that is missing or not what it
    should be; a message that `read` gave has all of them.
    """

    def _header(self, name: str) -> str:
        headers: Headers = self.headers  # type: ignore[attr-defined]
        value = headers.first(name)
        if value is None:
            raise Garbled(f"the message has no {name}")
        return value

    @property
    def call_id(self) -> str:
        """What all messages of one call share."""
        return self._header("Call-ID")

    @property
    def cseq(self) -> tuple[int, str]:
        """The number of the request in its dialog, and its method."""
        number, _, method = self._header("CSeq").replace("\t", " ").partition(" ")
        if not (number.isascii() and number.isdigit() and len(number) <= 10) or int(number) > LARGEST_CSEQ:
            raise Garbled(f"the CSeq number {number[:20]!r} is none below 2^31")
        return int(number), token(method.strip(), "the method of CSeq")

    @property
    def sender(self) -> Address:
        """From."""
        return read_address(self._header("From"))

    @property
    def receiver(self) -> Address:
        """To."""
        return read_address(self._header("To"))

    @property
    def via(self) -> Via:
        """The topmost Via: the last hop the request took."""
        headers: Headers = self.headers  # type: ignore[attr-defined]
        return read_via(next(iter(headers.all("Via")), ""))


class Request(_Message, frozen=True):
    """A request. `uri` as it stands in the request line."""

    method: str
    uri: str
    headers: Headers
    body: bytes = b""

    def start_line(self) -> str:
        """The request line (§7.1)."""
        return f"{token(self.method, 'the method')} {one_line(self.uri, 'the request URI')} {VERSION}"


class Response(_Message, frozen=True):
    """A response."""

    status: int
    reason: str
    headers: Headers
    body: bytes = b""

    def start_line(self) -> str:
        """The status line (§7.2)."""
        return f"{VERSION} {self.status:03d} {one_line(self.reason, 'the reason')}"


Message = Request | Response


def write(message: Message) -> bytes:
    """The bytes of a message; Content-Length is counted, whatever stood there.

    Raises ValueError or Garbled for a message that would not be read again as it is: a line break in a header.
    """
    lines = [message.start_line()]
    lines += [
        f"{token(name, 'a header')}: {one_line(value, name)}"
        for name, value in message.headers.lines
        if name != "Content-Length"
    ]
    lines.append(f"Content-Length: {len(message.body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + message.body


def answer(
    request: Request,
    status: int,
    *,
    tag: str = "",
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    reason: str | None = None,
) -> Response:
    """The response to a request (§8.2.6.2): its Via, From, To, Call-ID and CSeq, and its Record-Route where the
    response makes a dialog (§12.1.1). `tag` goes to To, unless it has one.
    """
    kept = [line for line in request.headers.lines if line[0] in ("Via", "From", "Call-ID", "CSeq")]
    receiver = request._header("To")
    if tag and request.receiver.tag is None:
        receiver = f"{receiver};tag={tag}"
    kept.append(("To", receiver))
    if 100 < status < 300:
        kept += [line for line in request.headers.lines if line[0] == "Record-Route"]
    all_lines = Headers(tuple(kept)).plus(*headers)
    return Response(status, reason_of(status) if reason is None else reason, all_lines, body)
