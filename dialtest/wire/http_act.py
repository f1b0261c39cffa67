"""Acts as they travel over HTTP: without their purpose, which is the tester's and never the network's to know."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, structs

from dialtest.model.act import (
    AnyAct,
    Call,
    Claim,
    Complain,
    Grievance,
    OpenPage,
    Press,
    Purpose,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    WhenOffered,
    Wish,
    Withdraw,
)

Address = Annotated[str, Meta(min_length=1, max_length=40)]
Words = Annotated[str, Meta(max_length=2_000)]
Url = Annotated[str, Meta(min_length=1, max_length=2_000)]
Code = Annotated[str, Meta(max_length=100)]
Keys = Annotated[str, Meta(max_length=40, pattern="^[0-9*#]*$")]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]

NOT_TOLD: Purpose = "reply"  # stands where an act that came over the wire must have a purpose; no carrier looks at it


class ActOnWire(Struct, frozen=True, tag_field="act", forbid_unknown_fields=True):
    """One thing a customer does, as far as the network can see it."""


class SendOnWire(ActOnWire, frozen=True, tag="send"):
    """Send an SMS with this text to this port."""

    to: Address
    text: Words


class OpenPageOnWire(ActOnWire, frozen=True, tag="open_page"):
    """Look at a page."""

    url: Url


class PressOnWire(ActOnWire, frozen=True, tag="press"):
    """Press the button of a page that leads to this URL."""

    url: Url


class WithdrawOnWire(ActOnWire, frozen=True, tag="withdraw"):
    """Ask the carrier, over one of its channels, to end a subscription."""

    channel: Code
    provider_code: Code
    service_code: Code


class ComplainOnWire(ActOnWire, frozen=True, tag="complain"):
    """Complain to the carrier, over one of its channels, about a service."""

    channel: Code
    provider_code: Code
    service_code: Code
    about: Grievance
    wants: Claim


class QueryOnWire(ActOnWire, frozen=True, tag="query"):
    """Ask the carrier, over one of its channels, what the number is subscribed to."""

    channel: Code


class CallOnWire(ActOnWire, frozen=True, tag="call"):
    """Ring the hotline, walk its menu by these keys, and wait that long for an agent at most."""

    to: Address
    keys: Keys
    patience_s: Seconds
    wish: Wish = ""
    provider_code: Code = ""
    service_code: Code = ""
    offered: WhenOffered = "wait"


class ReadCallsOnWire(ActOnWire, frozen=True, tag="read_calls"):
    """Ask for every call that came to the handset so far."""


class ReadBillOnWire(ActOnWire, frozen=True, tag="read_bill"):
    """Ask for every charge of the number so far."""


AnyActOnWire = (
    SendOnWire
    | OpenPageOnWire
    | PressOnWire
    | WithdrawOnWire
    | QueryOnWire
    | ReadBillOnWire
    | ComplainOnWire
    | CallOnWire
    | ReadCallsOnWire
)


def to_wire(act: AnyAct) -> AnyActOnWire:
    """The act as it travels; raises ValueError for listening, which asks nothing of a network."""
    match act:
        case Send():
            return SendOnWire(act.to, act.text)
        case OpenPage():
            return OpenPageOnWire(act.url)
        case Press():
            return PressOnWire(act.url)
        case Withdraw():
            return WithdrawOnWire(act.channel, act.provider_code, act.service_code)
        case Complain():
            return ComplainOnWire(act.channel, act.provider_code, act.service_code, act.about, act.wants)
        case Query():
            return QueryOnWire(act.channel)
        case ReadBill():
            return ReadBillOnWire()
        case Call():
            return CallOnWire(**structs.asdict(act))
        case ReadCalls():
            return ReadCallsOnWire()
        case _:
            raise ValueError("listening does not travel")


def from_wire(act: AnyActOnWire) -> AnyAct:
    """The act a carrier performs."""
    match act:
        case SendOnWire():
            return Send(act.to, act.text, NOT_TOLD)
        case OpenPageOnWire():
            return OpenPage(act.url)
        case PressOnWire():
            return Press(act.url, NOT_TOLD)
        case WithdrawOnWire():
            return Withdraw(act.channel, act.provider_code, act.service_code)
        case ComplainOnWire():
            return Complain(act.channel, act.provider_code, act.service_code, act.about, act.wants)
        case QueryOnWire():
            return Query(act.channel)
        case ReadBillOnWire():
            return ReadBill()
        case CallOnWire():
            return Call(**structs.asdict(act))
        case ReadCallsOnWire():
            return ReadCalls()
