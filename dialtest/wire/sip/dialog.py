"""A dialog: what both ends of a call must remember to send each other requests (RFC 3261 §12)."""

from __future__ import annotations

from collections.abc import Iterable

from dialtest.wire.sip.address import read_address, read_uri
from dialtest.wire.sip.message import Headers, Request, Response
from dialtest.wire.sip.names import VERSION
from dialtest.wire.sip.refusal import Garbled


class Dialog:
    """One end's view of a call.

    local, remote: From and To of our requests, with their tags. target: the URI of the other end's Contact.
    route: the route set. cseq: the number of our last request; remote_cseq: of the other end's, None before its first.
    """

    __slots__ = ("call_id", "cseq", "local", "remote", "remote_cseq", "route", "target")

    def __init__(
        self,
        call_id: str,
        local: str,
        remote: str,
        target: str,
        route: tuple[str, ...],
        cseq: int,
        remote_cseq: int | None,
    ) -> None:
        self.call_id = call_id
        self.local = local
        self.remote = remote
        self.target = target
        self.route = route
        self.cseq = cseq
        self.remote_cseq = remote_cseq

    @classmethod
    def of_caller(cls, invite: Request, answer: Response) -> Dialog:
        """The caller's dialog that an answer 101–299 with a To tag makes (§12.1.2): its Record-Route backwards.

        Raises Garbled for an answer without To tag or Contact.
        """
        if answer.receiver.tag is None:
            raise Garbled(f"the answer {answer.status} has no To tag")
        route = tuple(reversed(answer.headers.all("Record-Route")))
        receiver = answer.headers.first("To") or ""
        sender = invite.headers.first("From") or ""
        return cls(invite.call_id, sender, receiver, _contact(answer), route, invite.cseq[0], None)

    @classmethod
    def of_called(cls, invite: Request, tag: str) -> Dialog:
        """The called end's dialog (§12.1.1), whose own tag is `tag`. Raises Garbled for an INVITE without Contact."""
        receiver = invite.receiver
        local = str(receiver if receiver.tag is not None else receiver.with_tag(tag))
        route = invite.headers.all("Record-Route")
        sender = invite.headers.first("From") or ""
        return cls(invite.call_id, local, sender, _contact(invite), route, 0, invite.cseq[0])

    def request(
        self,
        method: str,
        via: str,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        cseq: int | None = None,
    ) -> Request:
        """The next request of this end (§12.2.1.1): BYE, INFO; `via` is our hop with a new branch.

        cseq: given for the ACK of a 2xx, which has its INVITE's number; the count then stays.
        """
        if cseq is None:
            self.cseq += 1
        uri, route = self._way()
        lines = [("Via", via), *(("Route", one) for one in route), ("Max-Forwards", "70"), ("From", self.local)]
        lines += [("To", self.remote), ("Call-ID", self.call_id)]
        lines += [("CSeq", f"{self.cseq if cseq is None else cseq} {method}"), *headers]
        return Request(method, uri, Headers.of(*lines), body)

    def take(self, request: Request) -> bool:
        """The other end's request in this dialog; False for one out of order (§12.2.2), to be answered 500."""
        number, method = request.cseq
        if method not in ("ACK", "CANCEL"):
            if self.remote_cseq is not None and number <= self.remote_cseq:
                return False
            self.remote_cseq = number
        return True

    def refresh(self, message: Request | Response) -> None:
        """A re-INVITE or its 2xx may move the other end (§12.2.1.2)."""
        if message.headers.first("Contact") is not None:
            self.target = _contact(message)

    @property
    def hop(self) -> tuple[str, int]:
        """Where the next request goes: host and port of its first route, or of the target."""
        return (read_address(self.route[0]).uri if self.route else read_uri(self.target)).hop

    def _way(self) -> tuple[str, tuple[str, ...]]:
        """Request URI and Route: the target behind the route set, or, where the first router is a strict one (no `lr`),
        that router, and the target as the last route (§12.2.1.1).
        """
        if not self.route:
            return self.target, ()
        first = read_address(self.route[0]).uri
        if first.parameter("lr") is not None:
            return self.target, self.route
        return str(first), (*self.route[1:], f"<{self.target}>")


def hop_line(host: str, port: int, branch: str) -> str:
    """Our Via of a request sent from that address; `rport` asks for the answer there (RFC 3581 §3)."""
    return f"{VERSION}/UDP {host}:{port};branch={branch};rport"


def _contact(message: Request | Response) -> str:
    contacts = message.headers.all("Contact")
    if len(contacts) != 1 or contacts[0] == "*":
        raise Garbled(f"expected is one Contact; {len(contacts)} are there")
    return str(read_address(contacts[0]).uri)
