"""Recognises active use 主动使用 (R2): which acts order, which merely touch a service, which withdraw from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialtest.model.act import AnyAct, OpenPage, Press, Send, Withdraw
from dialtest.model.observation import AnyObservation, Page, Sent, Withdrawn
from dialtest.model.service import Service
from dialtest.wire.button import button

ORDERING = ("order", "use", "confirm")
COMMANDS = ("help", "query", "wrong", "withdraw", "reply")

Touch = Literal["page", "press", "help", "query", "wrong", "withdraw", "reply"]


@dataclass(frozen=True, slots=True)
class Touched:
    """An act and what came of it."""

    seq: int
    act: AnyAct
    result: AnyObservation


@dataclass(frozen=True, slots=True)
class Order:
    """An active use (R2): an order or on-demand message, or a press on a page, that the network took.

    `at` is what free periods count from; `asked_at` when the first message or press of it went out; `use` marks a
    per-use order; `confirmed` whether there was a second yes; `on_page` whether it was pressed rather than sent.
    """

    seq: int
    at: datetime
    asked_at: datetime
    use: bool
    confirmed: bool
    on_page: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal wish that reached the network. `accepted` is None over SMS, where only the confirmation tells."""

    seq: int
    at: datetime
    channel: str
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class Touching:
    """An act that is no order: a page looked at, a button that must still be confirmed, a command."""

    seq: int
    at: datetime
    touch: Touch
    words: str


def orders_in(touched: Sequence[Touched]) -> tuple[Order, ...]:
    """Every active use, oldest first; an order and its second yes count as one."""
    found: list[Order] = []
    for one in touched:
        order = _order(one)
        if order is None:
            continue
        if order.confirmed and not order.on_page and found:
            first = found.pop()
            order = Order(order.seq, order.at, first.asked_at, order.use, True, first.on_page)
        found.append(order)
    return tuple(found)


def withdrawals_in(touched: Sequence[Touched], service: Service) -> tuple[Withdrawal, ...]:
    """Every wish to withdraw from `service` that the network took note of, refused ones included, oldest first."""
    own = (service.provider_code, service.service_code)
    found = []
    for one in touched:
        act, result = one.act, one.result
        if isinstance(act, Withdraw) and isinstance(result, Withdrawn):
            if (act.provider_code, act.service_code) == own:
                found.append(Withdrawal(one.seq, result.at, act.channel, result.accepted))
        elif isinstance(act, Send) and isinstance(result, Sent) and _withdraws(act, service):
            found.append(Withdrawal(one.seq, result.at, "sms", None))
    return tuple(found)


def touches_in(touched: Sequence[Touched]) -> tuple[Touching, ...]:
    """Every act that is no order, oldest first."""
    found = []
    for one in touched:
        act, result = one.act, one.result
        if isinstance(act, Send):
            if isinstance(result, Sent) and act.purpose in COMMANDS:
                found.append(Touching(one.seq, result.at, act.purpose, act.text))  # type: ignore[arg-type]
        elif isinstance(result, Page):
            if isinstance(act, OpenPage):
                found.append(Touching(one.seq, result.at, "page", act.url))
            elif isinstance(act, Press) and act.purpose == "ask":
                found.append(Touching(one.seq, result.at, "press", act.url))
    return tuple(found)


def _order(one: Touched) -> Order | None:
    act, result = one.act, one.result
    at = result.at
    if isinstance(act, Send) and isinstance(result, Sent) and act.purpose in ORDERING:
        return Order(one.seq, at, at, act.purpose == "use", act.purpose == "confirm")
    if isinstance(act, Press) and isinstance(result, Page) and result.status == 200:
        if act.purpose in ORDERING:
            return Order(one.seq, at, at, act.purpose == "use", True, on_page=True)
        if act.purpose == "ask" and button(result.content, "confirm") is None:
            return Order(one.seq, at, at, False, False, on_page=True)
    return None


def _withdraws(act: Send, service: Service) -> bool:
    filed = service.withdraw_command.strip().upper()
    return act.purpose == "withdraw" and act.to == service.access_number and act.text.strip().upper() == filed
