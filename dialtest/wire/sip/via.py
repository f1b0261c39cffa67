"""The Via header: by which way a request came, and its answer goes back (RFC 3261 §18.2, §20.42; RFC 3581)."""

from __future__ import annotations

import re

from msgspec import Struct

from dialtest.wire.sip.address import DEFAULT_PORT
from dialtest.wire.sip.grammar import Parameters, host_and_port, read_parameters, split, value_of, write_parameters
from dialtest.wire.sip.names import VERSION
from dialtest.wire.sip.refusal import Garbled

_PROTOCOL = re.compile(r"SIP */ *2\.0 */ *([A-Za-z0-9\-]+)[ \t]+(.+)", re.IGNORECASE)


class Via(Struct, frozen=True):
    """One hop: `SIP/2.0/UDP host:port;branch=…`."""

    transport: str
    host: str
    port: int | None
    parameters: Parameters = ()

    @property
    def branch(self) -> str:
        """What names the transaction; empty where there is none (RFC 2543)."""
        return value_of(self.parameters, "branch") or ""

    def seen_from(self, host: str, port: int) -> Via:
        """The same hop with where its datagram really came from: `received` where that is another host (RFC 3261
        §18.2.1), and `rport` filled in where it was asked for (RFC 3581 §4).
        """
        known = dict(self.parameters)
        if "rport" in known:
            known["rport"] = str(port)
        if self.host != host or "rport" in known:
            known["received"] = host
        return Via(self.transport, self.host, self.port, tuple(known.items()))

    @property
    def answer_hop(self) -> tuple[str, int]:
        """Host and port an answer is sent to, once `seen_from` was asked (RFC 3261 §18.2.2, RFC 3581 §4)."""
        host = value_of(self.parameters, "maddr") or value_of(self.parameters, "received") or self.host
        rport = value_of(self.parameters, "rport")
        return host, int(rport) if rport else self.port or DEFAULT_PORT

    def __str__(self) -> str:
        port = f":{self.port}" if self.port is not None else ""
        return f"{VERSION}/{self.transport} {self.host}{port}{write_parameters(self.parameters)}"


def read_via(text: str) -> Via:
    """One hop; raises Garbled."""
    hop, *rest = split(text, ";")
    found = _PROTOCOL.fullmatch(hop)
    if found is None:
        raise Garbled(f"{text[:60]!r} is no hop of SIP/2.0")
    host, port = host_and_port(found[2].replace(" ", "").replace("\t", ""))
    parameters = read_parameters(rest, "Via")
    rport = value_of(parameters, "rport")
    if rport and not (rport.isascii() and rport.isdigit() and len(rport) <= 5 and int(rport) <= 65535):
        raise Garbled(f"the rport {rport[:20]!r} is no port")
    return Via(found[1].upper(), host, port, parameters)
