"""The requests and answers of the HTTP network interface: each a value, read strictly and written as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Called,
    CallLog,
    Complained,
    Message,
    Observation,
    Page,
    Sent,
    Trouble,
    Withdrawn,
)
from dialtest.wire.http_act import Address, AnyActOnWire
from dialtest.wire.http_strict import read

REQUEST_LIMIT = 65_536
MOST_PATIENCE_S = 60
MOST_AHEAD_DAYS = 400

ClientName = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
ClientKey = Annotated[str, Meta(min_length=1, max_length=64)]
Cursor = Annotated[int, Meta(ge=0)]

ProblemCode = Literal[
    "unreadable",  # the request is not what the interface says
    "not_found",  # no such path
    "method",  # this path knows other methods
    "too_large",  # the body is longer than 64 KiB
    "media_type",  # the body is not application/json
    "dropped",  # no such client, or its lease ran out: register (again)
    "replaced",  # a later registration under the same name took this client's place
    "too_far",  # a wait further ahead than 400 days
    "ahead",  # a cursor beyond the last message: it comes from another network
    "crowded",  # too many clients
    "broken",  # the carrier cannot keep its ledger and has stopped
]


class Register(Struct, frozen=True, forbid_unknown_fields=True):
    """A test program joins under a name; a second registration takes the place of the first."""

    name: ClientName


class Registered(Struct, frozen=True):
    """`client` is the key of all further requests; `network` names this network and its delivery log for ever."""

    client: ClientKey
    network: str
    now: datetime
    lease_s: float


class Perform(Struct, frozen=True, forbid_unknown_fields=True):
    """Do an act now, with this number. Doing it twice is two acts."""

    client: ClientKey
    msisdn: Address
    act: AnyActOnWire


class Wait(Struct, frozen=True, forbid_unknown_fields=True):
    """Let time pass until `until`, or until something arrives that lies after the cursor `after`.

    The answer comes after `patience_s` wall seconds at the latest; then the client asks again.
    """

    client: ClientKey
    until: datetime
    after: Cursor
    patience_s: Annotated[float, Meta(ge=0, le=MOST_PATIENCE_S)] = 20.0


class Arrived(Struct, frozen=True):
    """A message on a handset, at its place in the network's one delivery log, which counts from 1."""

    cursor: Cursor
    msisdn: str
    message: Message


class Waited(Struct, frozen=True):
    """What time it is, and what arrived; `more` says that further arrivals up to `now` are there to be fetched."""

    now: datetime
    arrivals: tuple[Arrived, ...]
    more: bool = False


class Present(Struct, frozen=True):
    """A registered client; `waits_until` is null while it holds the time."""

    name: str
    waits_until: datetime | None


class Clock(Struct, frozen=True):
    """The network's time, the last cursor of its delivery log, and who is there."""

    network: str
    now: datetime
    cursor: Cursor
    clients: tuple[Present, ...]


class Problem(Struct, frozen=True):
    """Why a request was refused; nothing was done."""

    code: ProblemCode
    detail: str


WireObservation = Sent | Page | Answer | Bill | Withdrawn | Trouble | Complained | Called | CallLog

_register = msgspec.json.Decoder(Register)
_registered = msgspec.json.Decoder(Registered)
_perform = msgspec.json.Decoder(Perform)
_wait = msgspec.json.Decoder(Wait)
_waited = msgspec.json.Decoder(Waited)
_clock = msgspec.json.Decoder(Clock)
_problem = msgspec.json.Decoder(Problem)
_observation: msgspec.json.Decoder[WireObservation] = msgspec.json.Decoder(WireObservation)


def write(value: Struct | Observation) -> bytes:
    """The JSON bytes of any request or answer."""
    return msgspec.json.encode(value)


def read_register(body: bytes) -> Register:
    """Raises Unreadable, as every reader here."""
    return read(body, _register, REQUEST_LIMIT)


def read_registered(body: bytes) -> Registered:
    """The answer to a registration."""
    return read(body, _registered)


def read_perform(body: bytes) -> Perform:
    """An act asked for."""
    return read(body, _perform, REQUEST_LIMIT)


def read_observation(body: bytes) -> AnyObservation:
    """The answer to an act: everything an act can bring, never a message or the end of a listening."""
    return read(body, _observation)


def read_wait(body: bytes) -> Wait:
    """A wait asked for."""
    return read(body, _wait, REQUEST_LIMIT)


def read_waited(body: bytes) -> Waited:
    """The answer to a wait."""
    return read(body, _waited)


def read_clock(body: bytes) -> Clock:
    """The answer to a look at the clock."""
    return read(body, _clock)


def read_problem(body: bytes) -> Problem:
    """A refusal."""
    return read(body, _problem)
