"""The hotline's UDP socket on an event loop: datagrams in and out, and the ticks between them."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable

from dialtest.clock import monotonic_s
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.served.hotline.exchange import Exchange
from dialtest.served.hotline.line import Source

TICK_S = 0.02
RECEIVE_BUFFER = 8 * 2**20  # as much of it as the kernel grants: a burst of calls waits there, not on the wire

log = logging.getLogger("dialtest.served.hotline")


class Door(asyncio.DatagramProtocol):
    """The protocol of the socket. `made` makes the exchange once there is something to send with.

    defects: exceptions that should not be; the call they struck may be lost, the hotline goes on.
    """

    def __init__(self, made: Callable[[Callable[[bytes, Source], None]], Exchange]) -> None:
        self._made = made
        self.exchange: Exchange | None = None
        self.received = 0
        self.unreachable = 0
        self.defects = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready."""
        self.exchange = self._made(transport.sendto)  # type: ignore[attr-defined]

    def datagram_received(self, data: bytes, addr: Source) -> None:
        """A datagram came."""
        self.received += 1
        if self.exchange is not None:
            try:
                self.exchange.receive(data, addr, monotonic_s())
            except Exception:  # noqa: BLE001 - one datagram must not end the calls of all others
                self._note_defect()

    def error_received(self, exc: Exception) -> None:
        """Something we sent did not arrive: whoever should have got it is gone."""
        self.unreachable += 1

    def tick(self) -> None:
        """Time has passed."""
        if self.exchange is not None:
            try:
                self.exchange.tick(monotonic_s())
            except Exception:  # noqa: BLE001 - one datagram must not end the calls of all others
                self._note_defect()

    def _note_defect(self) -> None:
        self.defects += 1
        if self.defects <= 10:
            log.exception("a defect of the hotline; it goes on")


async def ticking(door: Door) -> None:
    """Tick until cancelled."""
    while True:
        await asyncio.sleep(TICK_S)
        door.tick()


def bound_socket(kind: socket.SocketKind, host: str, port: int, option: str) -> socket.socket:
    """A UDP or TCP socket at a numeric IPv4 address; port 0 takes any free one.

    Raises DialtestError, which names `option` to choose another, for one that is taken.
    """
    protocol = socket.IPPROTO_UDP if kind == socket.SOCK_DGRAM else socket.IPPROTO_TCP
    bound = socket.socket(socket.AF_INET, kind, protocol)
    try:
        if kind == socket.SOCK_DGRAM:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        problem = _("Port {port} of {host} cannot be listened on: {error}.")
        raise DialtestError(
            problem.format(port=port, host=host, error=error), _("Choose another with {option}.").format(option=option)
        ) from None
    return bound
