"""Recognises active use 主动使用 (R2): which acts order, which merely touch a service, which withdraw from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from dialtest.evidence.record import Outcome
from dialtest.model.act import AnyAct, Call, OpenPage, Press, ReadCalls, Send, Withdraw
from dialtest.model.addressee import addressee
from dialtest.model.observation import AnyObservation, Called, CallLog, Page, Sent, Withdrawn
from dialtest.model.service import Service
from dialtest.wire.button import button

ORDERING = ("order", "use", "confirm")
COMMANDS = ("help", "query", "wrong", "withdraw", "reply")

Touch = Literal["page", "press", "help", "query", "wrong", "withdraw", "reply"]


class Order(Struct, frozen=True):
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


class Withdrawal(Struct, frozen=True):
    """A withdrawal wish that reached the network. `accepted` is None over SMS, where only the confirmation tells.

    `note` is what was said with the acceptance.
    """

    seq: int
    at: datetime
    channel: str
    accepted: bool | None
    note: str = ""


class Elsewhere(Struct, frozen=True):
    """A query or withdrawal message to another port than the service's own: it may be the carrier's short code."""

    seq: int
    at: datetime
    to: str
    text: str


class Touching(Struct, frozen=True):
    """An act that is no order: a page looked at, a button that must still be confirmed, a command."""

    seq: int
    at: datetime
    touch: Touch
    words: str


class ActiveUse:
    """What the customer did to `service` by acts with these outcomes, oldest first; what was sent to a `companion`
    ordered beside it is left out.

    orders: every active use; an order and its second yes count as one. withdrawals: every wish to withdraw from the
    service, refused ones included. touches: every act that is no order. elsewhere: queries and wishes sent to other
    ports than the service's own.
    """

    __slots__ = ("_companion", "_service", "_wanted", "elsewhere", "orders", "touches", "withdrawals")

    def __init__(self, service: Service, outcomes: Iterable[Outcome], companion: Service | None = None) -> None:
        self._service = service
        self._companion = companion
        self._wanted = False
        self.orders: list[Order] = []
        self.withdrawals: list[Withdrawal] = []
        self.touches: list[Touching] = []
        self.elsewhere: list[Elsewhere] = []
        for outcome in outcomes:
            read = _READ.get(type(outcome.act))
            if read is not None:
                read(self, outcome.seq, outcome.act, outcome.result)

    def _sent(self, seq: int, act: Send, result: AnyObservation) -> None:
        if type(result) is not Sent or addressee(act, self._service, self._companion) is not self._service:
            return
        at, purpose = result.at, act.purpose
        if purpose in ORDERING:
            self._order(Order(seq, at, at, purpose == "use", purpose == "confirm"))
            return
        if purpose in COMMANDS:
            self.touches.append(Touching(seq, at, purpose, act.text))  # type: ignore[arg-type]
            if act.to != self._service.access_number:
                self.elsewhere.append(Elsewhere(seq, at, act.to, act.text.strip().upper()))
        if purpose == "withdraw" and self._ends_it(act):
            self.withdrawals.append(Withdrawal(seq, at, "sms", None))

    def _opened(self, seq: int, act: OpenPage, result: AnyObservation) -> None:
        if type(result) is Page:
            self.touches.append(Touching(seq, result.at, "page", act.url))

    def _pressed(self, seq: int, act: Press, result: AnyObservation) -> None:
        if type(result) is not Page:
            return
        at, asking = result.at, act.purpose == "ask"
        if asking:
            self.touches.append(Touching(seq, at, "press", act.url))
        if result.status != 200:
            return
        if act.purpose in ORDERING:
            self._order(Order(seq, at, at, act.purpose == "use", True, on_page=True))
        elif asking and button(result.content, "confirm") is None:
            self._order(Order(seq, at, at, False, False, on_page=True))

    def _withdrew(self, seq: int, act: Withdraw, result: AnyObservation) -> None:
        own = act.service_code == self._service.service_code and act.provider_code == self._service.provider_code
        if own and type(result) is Withdrawn:
            self.withdrawals.append(Withdrawal(seq, result.at, act.channel, result.accepted, result.note))

    def _called(self, seq: int, act: Call, result: AnyObservation) -> None:
        if type(result) is not Called or not self._is_about(act.provider_code, act.service_code):
            return
        channel = "hotline" if result.answered_at is not None else "hotline_menu"
        if result.done_at is not None:
            self.withdrawals.append(Withdrawal(seq, result.done_at, channel, True))
        elif result.refused:
            self.withdrawals.append(Withdrawal(seq, result.began_at, channel, False))
        self._wanted = self._wanted or (act.wish == "withdraw" and result.unanswered)

    def _rung(self, seq: int, act: ReadCalls, result: AnyObservation) -> None:
        """A wish that no agent took is uttered when the hotline calls back."""
        if type(result) is not CallLog or not self._wanted:
            return
        known = {wish.at for wish in self.withdrawals}
        for call in result.calls:
            if call.carried_out and call.at not in known:
                self.withdrawals.append(Withdrawal(seq, call.at, "hotline", True))
        self.withdrawals.sort(key=lambda wish: wish.at)

    def _is_about(self, provider_code: str, service_code: str) -> bool:
        return service_code == self._service.service_code and provider_code == self._service.provider_code

    def _order(self, order: Order) -> None:
        if order.confirmed and not order.on_page and self.orders:
            first = self.orders.pop()
            order = Order(order.seq, order.at, first.asked_at, order.use, True, first.on_page)
        self.orders.append(order)

    def _ends_it(self, act: Send) -> bool:
        service = self._service
        return act.to == service.access_number and act.text.strip().upper() == service.withdraw_command.strip().upper()


_READ: Mapping[type[AnyAct], Callable[[ActiveUse, int, Any, AnyObservation], None]] = {
    Send: ActiveUse._sent,
    OpenPage: ActiveUse._opened,
    Press: ActiveUse._pressed,
    Withdraw: ActiveUse._withdrew,
    Call: ActiveUse._called,
    ReadCalls: ActiveUse._rung,
}
"""The acts that do something to a service, and how each is read."""


def may_order(act: AnyAct) -> bool:
    """Whether an act whose outcome nobody knows may have ordered something."""
    return isinstance(act, Press) or (isinstance(act, Send) and act.purpose in ORDERING)
