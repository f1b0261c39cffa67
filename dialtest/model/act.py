"""What a customer can do next: the acts a script asks a driver for."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct

Purpose = Literal["order", "ask", "confirm", "use", "withdraw", "help", "query", "wrong", "reply"]
Grievance = Literal["charge", "withdrawal", "advert"]
Claim = Literal["refund", "all_fees"]

Wish = Literal["", "query", "withdraw"]
WhenOffered = Literal["wait", "self_service"]


class Act(Struct, frozen=True, tag_field="act"):
    """One thing a customer does; a Struct rather than a dataclass because msgspec checks tagged unions strictly."""

    binding: ClassVar[bool] = False
    """Whether it costs money or binds a customer, and must so never be done twice."""


class Send(Act, frozen=True, tag="send"):
    """Send an SMS (MO). `purpose` is what the tester means by it; the network never learns it."""

    binding: ClassVar[bool] = True
    to: str
    text: str
    purpose: Purpose


class OpenPage(Act, frozen=True, tag="open_page"):
    """Look at a WAP or web page without touching anything on it."""

    url: str


class Press(Act, frozen=True, tag="press"):
    """Press a page's button: `url` is what the button leads to."""

    binding: ClassVar[bool] = True
    url: str
    purpose: Purpose


class Withdraw(Act, frozen=True, tag="withdraw"):
    """Ask the carrier to end a subscription over one of its channels (Q7)."""

    binding: ClassVar[bool] = True
    channel: str
    provider_code: str
    service_code: str


class Complain(Act, frozen=True, tag="complain"):
    """Complain to the carrier about a service over one of its channels, and say what is wanted (D7, R1, R4)."""

    binding: ClassVar[bool] = True
    channel: str
    provider_code: str
    service_code: str
    about: Grievance
    wants: Claim


class Query(Act, frozen=True, tag="query"):
    """Ask the carrier over a channel what this number is subscribed to (Q2, Q7)."""

    channel: str


class ReadBill(Act, frozen=True, tag="read_bill"):
    """Ask for every charge of this number so far."""


class Call(Act, frozen=True, tag="call"):
    """Ring the hotline `to` and walk its menu by `keys`, one key each time it asks (H1, H3).

    The caller is on about the service named, may be on about none. Where the menu reads a numbered list, the caller
    presses that service's number. To an agent the caller says the `wish`, after at most `patience_s` seconds of
    waiting; when keep waiting or self-service is offered, the caller says `offered`.
    """

    binding: ClassVar[bool] = True
    to: str
    keys: str
    patience_s: int
    wish: Wish = ""
    provider_code: str = ""
    service_code: str = ""
    offered: WhenOffered = "wait"


class ReadCalls(Act, frozen=True, tag="read_calls"):
    """Look up in the handset's log who rang (H3)."""


class Listen(Act, frozen=True, tag="listen"):
    """Stay silent and collect what arrives until `until`."""

    until: datetime


AnyAct = Send | OpenPage | Press | Withdraw | Query | ReadBill | Listen | Complain | Call | ReadCalls
