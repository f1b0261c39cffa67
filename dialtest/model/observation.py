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
    "not_open",  # this network will have that channel from a later day
    "page_missing",  # the page cannot be had
    "timeout",  # no answer; whether it was done is not known
    "garbage",  # an answer nobody can read
    "in_doubt",  # the driver stopped between doing and recording
]
SaidKind = Literal[
    "greeting",
    "menu",  # what may be pressed now
    "list",  # subscriptions, numbered
    "done",  # the withdrawal was taken
    "refused",  # it was not
    "not_understood",  # that key leads nowhere
    "other_ways",  # other ways to withdraw
    "please_wait",  # all agents are busy
    "offer",  # keep waiting, or self-service
    "agent",  # an agent answers
    "goodbye",  # the hotline ends the call
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


class Refund(Struct, frozen=True):
    """One line of the bill that gives back: a top-up of the account (R2, R4).

    `kind`: the wrong amount (refund) or all fees since the order (all_fees), what is returned on top of it
    (double_return), or what a branch gives without owing it (goodwill). `reference` is the complaint's.
    """

    at: datetime
    provider_code: str
    service_code: str
    provider_name: str
    service_name: str
    amount_fen: int
    kind: Literal["refund", "double_return", "goodwill", "all_fees"]
    reference: str


class Bill(Observation, frozen=True, tag="bill", omit_defaults=True):
    """Every charge of the number so far, oldest first, and all that came back."""

    charges: tuple[Charge, ...]
    refunds: tuple[Refund, ...] = ()


class Withdrawn(Observation, frozen=True, tag="withdrawn"):
    """The carrier's answer to a withdrawal wish: accepted or not, in its own words."""

    accepted: bool
    note: str = ""


class Complained(Observation, frozen=True, tag="complained"):
    """The carrier has taken a complaint, under this reference; the answer comes later, by message."""

    reference: str
    note: str = ""


class Said(Struct, frozen=True):
    """One thing the caller heard on the hotline, `after_s` seconds into the call, and what kind of thing it was."""

    after_s: int
    kind: SaidKind
    text: str


class Called(Observation, frozen=True, tag="called"):
    """One call to the hotline as the caller lived it, from ringing to hanging up (H1, H3).

    `pressed`: every key pressed. `asked_agent_at`: when the caller asked for an agent; None: never. `answered_at`:
    when one answered. `shown`: the subscriptions that were read out, when they were asked for. `done_at`: when the
    withdrawal was said to be taken; `refused`: when it was asked for and not taken.
    """

    began_at: datetime
    ended_at: datetime
    pressed: str
    said: tuple[Said, ...]
    asked_agent_at: datetime | None = None
    answered_at: datetime | None = None
    shown: tuple[SubscriptionRow, ...] | None = None
    done_at: datetime | None = None
    refused: bool = False
    chose_self_service: bool = False

    def heard(self, kind: SaidKind) -> bool:
        """Whether something of this kind was said."""
        return any(said.kind == kind for said in self.said)

    @property
    def unanswered(self) -> bool:
        """Whether the caller asked for an agent, got none, and did not take the self-service instead."""
        return self.asked_agent_at is not None and self.answered_at is None and not self.chose_self_service

    @property
    def waited_s(self) -> int:
        """How long the caller waited for an agent, whether one came or not; 0 for who took the self-service."""
        if self.asked_agent_at is None or self.chose_self_service:
            return 0
        return int(((self.answered_at or self.ended_at) - self.asked_agent_at).total_seconds())


class Incoming(Struct, frozen=True):
    """One call that came to the handset and was answered. `carried_out`: the agent did what the caller had wanted."""

    at: datetime
    sender: str
    lasted_s: int
    carried_out: bool


class CallLog(Observation, frozen=True, tag="call_log"):
    """Every call that came to this handset so far, oldest first."""

    calls: tuple[Incoming, ...]


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


AnyObservation = Message | Sent | Page | Answer | Bill | Withdrawn | Heard | Trouble | Complained | Called | CallLog
