"""The served carrier's HTTP side: bounded requests in, JSON out, a problem in JSON for whatever is wrong."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.sandbox.planted import Planted
from dialtest.script.cast import Cast
from dialtest.served.act_ledger import ActLedger
from dialtest.served.replayable import ReplayableCarrier, made_of
from dialtest.served.shared_clock import Refusal, SharedClock
from dialtest.wire.http_exchange import (
    REQUEST_LIMIT,
    Problem,
    ProblemCode,
    read_perform,
    read_register,
    read_wait,
    write,
)
from dialtest.wire.http_strict import Unreadable

HOST = "127.0.0.1"
MOST_CONNECTIONS = 256
STATUS: Mapping[ProblemCode, int] = {
    "unreadable": 400,
    "not_found": 404,
    "method": 405,
    "dropped": 410,
    "replaced": 410,
    "too_large": 413,
    "media_type": 415,
    "too_far": 422,
    "ahead": 422,
    "crowded": 429,
    "broken": 503,
}
Answering = Callable[[Request], Awaitable[Response]]

log = logging.getLogger("dialtest.served")


class ServedCarrier:
    """The application; one per carrier. A ledger that cannot be written stops it for good: better no act than one
    without a trace."""

    def __init__(self, clock: SharedClock) -> None:
        self.clock = clock
        self.broken = ""

    def application(self) -> Starlette:
        """The routes of docs/network-http.md."""
        routes = [
            Route("/v1/clients", self._guarded(self._register), methods=["POST"]),
            Route("/v1/clients/{client}", self._guarded(self._leave), methods=["DELETE"]),
            Route("/v1/acts", self._guarded(self._perform), methods=["POST"]),
            Route("/v1/waits", self._guarded(self._wait), methods=["POST"]),
            Route("/v1/clock", self._guarded(self._look), methods=["GET"]),
        ]
        application = Starlette(routes=routes, exception_handlers={HTTPException: _no_route}, lifespan=self._lifespan)
        application.router.redirect_slashes = False  # a carrier never answers an act by sending it elsewhere
        return application

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(self.clock.run())
        running.add_done_callback(self._clock_stopped)
        yield
        running.cancel()

    def _clock_stopped(self, running: asyncio.Task[None]) -> None:
        if not running.cancelled():
            self._break(f"the clock stopped: {running.exception()!r}")

    def _guarded(self, answering: Answering) -> Answering:
        async def answer(request: Request) -> Response:
            try:
                if self.broken:
                    raise Refusal("broken", self.broken)
                return await answering(request)
            except Unreadable as unreadable:
                return _problem("unreadable", str(unreadable))
            except Refusal as refusal:
                return _problem(refusal.code, refusal.detail)
            except ClientDisconnect:
                return Response(status_code=400)
            except CouldNotTest as error:
                self._break(error.problem)
                return _problem("broken", self.broken)
            except Exception as error:  # noqa: BLE001 - a defect here must not reach a client as a traceback
                self._break(f"{type(error).__name__}: {error}")
                return _problem("broken", self.broken)

        return answer

    def _break(self, why: str) -> None:
        self.broken = why
        log.error("The carrier has stopped: %s", why)

    async def _register(self, request: Request) -> Response:
        return _json(write(self.clock.register(read_register(await _body(request)).name)), 201)

    async def _leave(self, request: Request) -> Response:
        self.clock.leave(request.path_params["client"])
        return Response(status_code=204)

    async def _perform(self, request: Request) -> Response:
        asked = read_perform(await _body(request))
        return _json(write(self.clock.perform(asked.client, asked.msisdn, asked.act)))

    async def _wait(self, request: Request) -> Response:
        asked = read_wait(await _body(request))
        gone = asyncio.Event()
        watching = asyncio.create_task(_watch(request, gone))
        try:
            waited = await self.clock.wait(asked.client, asked.until, asked.after, asked.patience_s, gone)
        finally:
            watching.cancel()
        return _json(write(waited))

    async def _look(self, _: Request) -> Response:
        return _json(write(self.clock.look()))


def listening_socket(port: int) -> socket.socket:
    """A socket on this machine only; port 0 takes any free one. Raises DialtestError when it is taken."""
    # IPPROTO_TCP by name: asyncio sends small answers at once (TCP_NODELAY) only where it sees it, else 40 ms later
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise DialtestError(f"Port {port} cannot be listened on: {error}.", "Choose another with --port.") from None
    return bound


def server(clock: SharedClock) -> uvicorn.Server:
    """The server of a carrier; `server(clock).run(sockets=[listening_socket(port)])` serves until interrupted."""
    config = uvicorn.Config(
        ServedCarrier(clock).application(),
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def serve_on(
    bound: socket.socket,
    cast: Cast,
    faults: Sequence[Planted],
    begins: datetime,
    ledger_path: Path,
    speed: float,
    lease_s: float,
    on_ready: Callable[[], None],
) -> None:
    """Serve a campaign's carrier on a socket until interrupted; `on_ready` is called once it can be reached.

    Raises DialtestError for a ledger that belongs to another carrier, CouldNotTest for one that cannot be used.
    """
    ledger = ActLedger(ledger_path, made_of(cast, faults, begins))
    try:
        clock = SharedClock(ReplayableCarrier(cast, faults, begins, ledger), speed, lease_s)
        bound.listen()  # from here on connections queue, so nobody who was told is refused
        on_ready()
        server(clock).run(sockets=[bound])
    finally:
        ledger.close()


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("media_type", "send application/json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > REQUEST_LIMIT:
            raise Refusal("too_large", f"at most {REQUEST_LIMIT} bytes are read")
    return body


async def _watch(request: Request, gone: asyncio.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")


def _problem(code: ProblemCode, detail: str) -> Response:
    return _json(write(Problem(code, detail)), STATUS[code])


async def _no_route(request: Request, error: Exception) -> Response:
    missing = isinstance(error, HTTPException) and error.status_code == 404
    return _problem("not_found" if missing else "method", f"{request.method} {request.url.path[:200]}")
