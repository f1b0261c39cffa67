"""The switchboard's UDP socket on gevent's loop: no greenlet per caller, datagrams read in a loop until none is left.

Imports gevent, so only Locust user files may import it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import Any

import gevent
from gevent import monkey
from gevent.event import Event

from dialtest.clock import monotonic_s
from load.callers.line import Hop
from load.callers.switchboard import Switchboard

_socket: Any = monkey.get_original("socket", "socket")
BUFFER_BYTES = 8 * 2**20
IP_RECVERR = 11  # Linux: tell of ICMP errors on a socket that is not connected
LARGEST = 65_535
READ_AT_ONCE = 512
NAP_S = 0.25


class UdpTelephone:
    """One socket, from which all calls of a process go; it is bound to the address from which `hotline` is reached."""

    def __init__(self, hotline: Hop) -> None:
        self._socket = _socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            self._socket.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
        with suppress(OSError):
            self._socket.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        self._socket.bind((_own_address(hotline), 0))
        self.here: Hop = self._socket.getsockname()
        self._woken = Event()
        self._watcher: Any = gevent.get_hub().loop.io(self._socket.fileno(), 1)
        self.board: Switchboard | None = None

    def post(self, datagram: bytes, hop: Hop) -> bool:
        """Send, at once or not at all."""
        for _ in range(2):
            try:
                self._socket.sendto(datagram, hop)
                return True
            except ConnectionRefusedError:
                self._take_errors()  # an ICMP error of an earlier datagram; this one was not sent yet
            except OSError:
                return False
        return False

    def work(self, board: Switchboard, until_s: float, each_second: Callable[[], None]) -> None:
        """Drive a switchboard until it has nothing more to do, or the clock shows `until_s`."""
        self.board = board
        self._watcher.start(self._readable)
        told_s = -inf
        try:
            while not board.over:
                now_s = monotonic_s()
                if now_s >= until_s:
                    return
                if now_s >= told_s + 1:
                    told_s = now_s
                    each_second()
                next_s = board.advance(now_s)
                self._read()
                pause_s = min(next_s, until_s) - monotonic_s()
                if pause_s > 0:
                    self._woken.clear()
                    self._woken.wait(min(pause_s, NAP_S))
                else:
                    gevent.sleep(0)
        finally:
            self._watcher.stop()

    def close(self) -> None:
        """Close the socket."""
        self._watcher.stop()
        self._watcher.close()
        self._socket.close()

    def _readable(self) -> None:
        due_s = self.board.next_s() if self.board is not None else inf
        self._read()
        if self.board is not None and (self.board.over or self.board.next_s() < due_s):
            self._woken.set()

    def _read(self) -> None:
        board, receive = self.board, self._socket.recvfrom
        if board is None:
            return
        now_s = monotonic_s()
        for _ in range(READ_AT_ONCE):
            try:
                datagram, source = receive(LARGEST)
            except BlockingIOError:
                return
            except OSError:
                self._take_errors()
                continue
            board.receive(datagram, source, now_s)

    def _take_errors(self) -> None:
        """Empty the queue of ICMP errors, which would keep the socket readable; each names where its datagram went."""
        for _ in range(READ_AT_ONCE):
            try:
                _, _, _, hop = self._socket.recvmsg(1, 1024, socket.MSG_ERRQUEUE)
            except OSError:
                break
            if self.board is not None and hop:
                self.board.refused(hop, monotonic_s())


def _own_address(hotline: Hop) -> str:
    """This machine's address on the way to the hotline; nothing is sent to find out."""
    with _socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(hotline)
        return str(probe.getsockname()[0])
