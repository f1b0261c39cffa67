"""What a customer's handset, screen or bill can show, and nothing else: the only thing rules ever see."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dialtest.model.service import Service

Failure = Literal[
    "outage",  # the network could not be reached; nothing was sent
    "no_balance",  # the carrier refused for want of balance
    "refused",  # the carrier or the page said no
    "unknown_channel",  # this network has no such channel
    "page_missing",  # the page cannot be had
    "timeout",  # no answer; whether it was done is not known
    "garbage",  # an answer nobody can read
    "in_doubt",  # the driver stopped between doing and recording
]
UNCERTAIN: frozenset[str] = frozenset({"timeout", "garbage", "in_doubt"})


class Observation(Struct, frozen=True, tag_field="saw"):
    """One thing seen, at the network's own time `at`."""

    at: datetime


class Message(Observation, frozen=True, tag="message"):
    """An SMS on the handset. `sent_at` is the service centre's time stamp (TP-SCTS), `at` when it arrived."""

    sent_at: datetime
    sender: str
    text: str


class Sent(Observation, frozen=True, tag="sent"):
    """The network took the message; that says nothing about what it makes of it."""


class Page(Observation, frozen=True, tag="page"):
    """A page as delivered: HTTP status and source text."""

    url: str
    status: int
    content: str


class Change(Struct, frozen=True):
    """One line of a subscription's history of one year (Q2)."""

    at: datetime
    what: str
    channel: str


class SubscriptionRow(Struct, frozen=True):
    """The 15 fields the agent's or hall's screen shows of one subscription (Q2)."""

    provider_name: str
    access_number: str
    service_name: str
    ordered_at: datetime
    service_type: str
    billing_type: str
    tariff: str
    status: Literal["active", "withdrawn"]
    order_channel: str
    history: tuple[Change, ...]
    service_hotline: str
    contact: str
    giver: str
    description: str
    attributes: str

    def is_of(self, service: Service) -> bool:
        """Whether this row speaks of `service`; the screen shows names, not codes."""
        return self.service_name == service.name and self.provider_name == service.provider_name


class Answer(Observation, frozen=True, tag="answer"):
    """The carrier's answer to a query over one channel."""

    channel: str
    subscriptions: tuple[SubscriptionRow, ...]


class Charge(Struct, frozen=True):
    """One line of the bill. `kind` is how it is billed: monthly (any cycle of a subscription) or per_use."""

    charged_at: datetime
    provider_code: str
    service_code: str
    provider_name: str
    service_name: str
    fee_fen: int
    kind: Literal["monthly", "per_use"]


class Bill(Observation, frozen=True, tag="bill"):
    """Every charge of the number so far, oldest first."""

    charges: tuple[Charge, ...]


class Withdrawn(Observation, frozen=True, tag="withdrawn"):
    """The carrier's answer to a withdrawal wish: accepted or not, in its own words."""

    accepted: bool
    note: str = ""


class Heard(Observation, frozen=True, tag="heard"):
    """The end of a listening: what was heard stands as messages of its own."""


class Trouble(Observation, frozen=True, tag="trouble"):
    """Something went wrong on the way; an observation, never an exception."""

    failure: Failure
    detail: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether the act may have been done all the same."""
        return self.failure in UNCERTAIN


AnyObservation = Message | Sent | Page | Answer | Bill | Withdrawn | Heard | Trouble
