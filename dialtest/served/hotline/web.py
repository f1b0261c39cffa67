"""The hotline over HTTP: its state, its call records, and the web and SMS way out. JSON in, JSON out, bounded."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Literal

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from dialtest.clock import monotonic_s
from dialtest.served.hotline.door import Door
from dialtest.served.hotline.exchange import Exchange
from dialtest.served.hotline.state import records_of, state_of
from dialtest.wire.http_strict import Unreadable, read

LARGEST_BODY = 4096
MOST_RECORDS = 10_000
USUAL_RECORDS = 1000
LARGEST_NUMBER = 2**53
MSISDN = re.compile(r"[0-9]{5,15}", re.ASCII)

Answering = Callable[[Request], Awaitable[Response]]


class Withdraw(Struct):
    """A subscriber withdraws by another way instead of calling (H3); `brand` empty: the hotline's first."""

    msisdn: str
    channel: Literal["sms", "web"]
    brand: str = ""


class Taken(Struct):
    """A withdrawal was taken."""

    msisdn: str
    channel: str
    brand: str
    at: str


class Refused(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


_WITHDRAW = msgspec.json.Decoder(Withdraw)


class HotlineWeb:
    """The application over one hotline's door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def application(self) -> Starlette:
        """The routes of docs/network-sip.md."""
        routes = [
            Route("/state", _guarded(self._state), methods=["GET"]),
            Route("/calls", _guarded(self._calls), methods=["GET"]),
            Route("/withdraw", _guarded(self._withdraw), methods=["POST"]),
        ]
        application = Starlette(routes=routes, exception_handlers={HTTPException: _no_route})
        application.router.redirect_slashes = False
        return application

    @property
    def _exchange(self) -> Exchange:
        if self._door.exchange is None:
            raise Refused(503, "the hotline is not open yet")
        return self._door.exchange

    async def _state(self, request: Request) -> Response:
        _only(request, ())
        door = self._door
        return _json(state_of(self._exchange, door.received, door.unreachable, door.defects, monotonic_s()))

    async def _calls(self, request: Request) -> Response:
        _only(request, ("after", "limit"))
        after = _number(request, "after", 0, LARGEST_NUMBER)
        limit = _number(request, "limit", USUAL_RECORDS, MOST_RECORDS)
        return _json(records_of(self._exchange, after, limit))

    async def _withdraw(self, request: Request) -> Response:
        asked = read(await _body(request), _WITHDRAW, LARGEST_BODY)
        exchange = self._exchange
        brand = asked.brand or exchange.setup.brands[0]
        floor = exchange.calls.floors.get(brand)
        if floor is None or not MSISDN.fullmatch(asked.msisdn):
            raise Refused(422, "expected are a brand with a desk, and a number of 5 to 15 digits")
        if asked.channel == "sms":
            floor.counts.withdrew_by_sms += 1
        else:
            floor.counts.withdrew_by_web += 1
        now = exchange.clock.moment(exchange.clock.now_s(monotonic_s()))
        return _json(Taken(asked.msisdn, asked.channel, brand, now.isoformat()), 201)


def _guarded(answering: Answering) -> Answering:
    async def answer(request: Request) -> Response:
        try:
            return await answering(request)
        except Unreadable as unreadable:
            return _problem(400, str(unreadable))
        except Refused as refused:
            return _problem(refused.status, str(refused))
        except ClientDisconnect:
            return Response(status_code=400)

    return answer


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "send application/json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refused(413, f"at most {LARGEST_BODY} bytes are read")
    return body


def _only(request: Request, names: tuple[str, ...]) -> None:
    unknown = sorted(set(request.query_params) - set(names))
    if unknown:
        raise Refused(400, f"“{unknown[0][:40]}” is no parameter here")


def _number(request: Request, name: str, usual: int, most: int) -> int:
    text = request.query_params.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 16 and int(text) <= most):
        raise Refused(400, f"{name} is a whole number from 0 to {most}")
    return int(text)


def _json(value: Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _problem(status: int, detail: str) -> Response:
    return Response(msgspec.json.encode({"detail": detail}), status, media_type="application/json")


async def _no_route(request: Request, error: Exception) -> Response:
    missing = isinstance(error, HTTPException) and error.status_code == 404
    return _problem(404 if missing else 405, f"{request.method} {request.url.path[:200]}")
