"""Runs a hotline: its socket, its web server and its ticks on one loop, from opening to the last call's end."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn

from dialtest.clock import monotonic_s
from dialtest.served.hotline.door import Door, bound_socket, ticking
from dialtest.served.hotline.exchange import Exchange
from dialtest.served.hotline.line import Source
from dialtest.served.hotline.setup import HotlineSetup, ScaledClock
from dialtest.served.hotline.state import State, state_of
from dialtest.served.hotline.web import HotlineWeb

MOST_CONNECTIONS = 1024
DRAIN_S = 3.0  # how long answered calls may go on once the hotline closes
PARTING_S = 1.0  # how long it then waits for answers to its BYEs


class _Web(uvicorn.Server):
    """A web server that leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class ServedHotline:
    """A hotline at two sockets of `host`, bound at once; `run` serves until interrupted.

    Raises DialtestError for a port that is taken.
    """

    def __init__(self, setup: HotlineSetup, host: str, sip_port: int, http_port: int) -> None:
        self.setup = setup
        self._sip = bound_socket(socket.SOCK_DGRAM, host, sip_port, "--sip-port")
        try:
            self._http = bound_socket(socket.SOCK_STREAM, host, http_port, "--http-port")
        except BaseException:
            self._sip.close()
            raise
        self.sip_address: Source = self._sip.getsockname()
        self.http_address: Source = self._http.getsockname()

    def run(self, on_ready: Callable[[], None]) -> State:
        """Serve until SIGINT or SIGTERM, then drain; a second one leaves at once. What the hotline was at its end."""
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(self._serve(on_ready))

    async def _serve(self, on_ready: Callable[[], None]) -> State:
        loop = asyncio.get_running_loop()
        stop, now = asyncio.Event(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: now.set() if stop.is_set() else stop.set())
        transport, door = await loop.create_datagram_endpoint(lambda: Door(self._exchange), sock=self._sip)
        self._http.listen()
        web = _web(door)
        serving = loop.create_task(web.serve(sockets=[self._http]))
        ticks = loop.create_task(ticking(door))
        try:
            on_ready()
            await stop.wait()
            await self._drain(door, now)
        finally:
            ticks.cancel()
            web.should_exit = True
            with suppress(asyncio.CancelledError):
                await serving
            transport.close()
        return self._state(door)

    def _exchange(self, send: Callable[[bytes, Source], None]) -> Exchange:
        setup = self.setup
        begun_s = (setup.starts - setup.midnight).total_seconds()
        clock = ScaledClock(setup.midnight, begun_s, None if setup.stands_still else monotonic_s(), setup.speed)
        return Exchange(setup, clock, self.sip_address, secrets.token_bytes(16), send)

    async def _drain(self, door: Door, now: asyncio.Event) -> None:
        """Take no new call, refuse who waits, and let the others end (as `DRAIN_S` and `PARTING_S` have it)."""
        exchange = door.exchange
        if exchange is None:
            return
        exchange.closed = True
        exchange.calls.close(monotonic_s())
        await _until(lambda: not exchange.calls.lines or now.is_set(), DRAIN_S)
        exchange.calls.part_all(monotonic_s())
        await _until(lambda: not len(exchange.farewells) or now.is_set(), PARTING_S)

    def _state(self, door: Door) -> State:
        exchange = door.exchange
        if exchange is None:  # connection_made runs before the endpoint is given
            raise RuntimeError("the socket was never made")
        return state_of(exchange, door.received, door.unreachable, door.defects, monotonic_s())


async def _until(done: Callable[[], bool], most_s: float) -> None:
    ends_s = monotonic_s() + most_s
    while not done() and monotonic_s() < ends_s:
        await asyncio.sleep(0.02)


def _web(door: Door) -> uvicorn.Server:
    config = uvicorn.Config(
        HotlineWeb(door).application(),
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    return _Web(config)


def _loop_factory() -> Callable[[], Any] | None:
    """uvloop's loop, which reads several datagrams a turn; the standard one where there is no uvloop."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
