"""One case's records laid out flat for rules: orders, withdrawals, messages, charges, answers, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from dialtest.evidence.record import AnyRecord, Closed, Opened, Outcome, Seen
from dialtest.model.act import AnyAct, Press, Send, Withdraw
from dialtest.model.observation import Answer, AnyObservation, Bill, Charge, Message, Page, Sent, Trouble, Withdrawn
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Terms
from dialtest.policy.wording import marker
from dialtest.wire.button import button

Shown = TypeVar("Shown")

ORDERING = ("order", "use", "confirm")


@dataclass(frozen=True, slots=True)
class Noted(Generic[Shown]):
    """Something seen, the sequence number of the record that shows it, and that record's time."""

    seq: int
    at: datetime
    value: Shown


@dataclass(frozen=True, slots=True)
class Order:
    """An active use (R2): an order or on-demand message, or a press on a page, that the network took.

    `at` is what free periods count from; `asked_at` when the first message or press of it went out; `use` marks a
    per-use order; `confirmed` whether there was a second yes.
    """

    seq: int
    at: datetime
    asked_at: datetime
    use: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal wish that reached the network. `accepted` is None over SMS, where only the confirmation tells."""

    seq: int
    at: datetime
    channel: str
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class Touched:
    """An act and what came of it."""

    seq: int
    act: AnyAct
    result: AnyObservation


class CaseEvidence:
    """Everything a judge may know of one case; made from the journal alone."""

    def __init__(self, records: Sequence[AnyRecord], policy: Policy) -> None:
        first, last = records[0], records[-1]
        if not isinstance(first, Opened):
            raise ValueError(f"case {first.case} does not begin with its opening record")
        self.opened = first
        self.closed = last if isinstance(last, Closed) else None
        self.policy = policy
        self.service: Service = first.service
        self.ended_at: datetime = last.at
        self.touched = [Touched(r.seq, r.act, r.result) for r in records if isinstance(r, Outcome)]
        self.messages = _without_duplicates(records)

    def terms(self, when: datetime) -> Terms:
        """The terms in force at `when`."""
        return self.policy.terms(when)

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """Every active use, oldest first; an order and its second yes count as one."""
        found: list[Order] = []
        for touched in self.touched:
            order = _order(touched)
            if order is None:
                continue
            if order.confirmed and found and not isinstance(touched.act, Press):
                order = Order(order.seq, order.at, found.pop().asked_at, order.use, True)
            found.append(order)
        return tuple(found)

    @cached_property
    def subscription_order(self) -> Order | None:
        """The first order of the monthly service dialled, None when nothing was ordered.

        Where the market asks for a second yes, an order counts with it only.
        """
        return next((order for order in self.orders if not order.use and self._counts(order)), None)

    def _counts(self, order: Order) -> bool:
        return order.confirmed or self.terms(order.at).order.confirmation == "none"

    @cached_property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every withdrawal wish the network took note of, refused ones included, oldest first."""
        found = []
        for touched in self.touched:
            act, result = touched.act, touched.result
            if isinstance(act, Withdraw) and isinstance(result, Withdrawn):
                found.append(Withdrawal(touched.seq, result.at, act.channel, result.accepted))
            elif isinstance(act, Send) and act.purpose == "withdraw" and isinstance(result, Sent):
                found.append(Withdrawal(touched.seq, result.at, "sms", None))
        return tuple(found)

    @cached_property
    def charges(self) -> tuple[Noted[Charge], ...]:
        """Every charge on any bill of the case, each with the first bill that shows it, oldest first."""
        found: list[Noted[Charge]] = []
        for bill in self.results(Bill):
            known = [noted.value for noted in found]
            found += [Noted(bill.seq, bill.at, charge) for charge in _new(bill.value.charges, known)]
        return tuple(sorted(found, key=lambda noted: noted.value.charged_at))

    @cached_property
    def own_charges(self) -> tuple[Noted[Charge], ...]:
        """The charges of the service dialled."""
        return tuple(noted for noted in self.charges if self.is_own(noted.value))

    @cached_property
    def last_bill(self) -> Noted[Bill] | None:
        """The last bill read; what was charged after it is not known."""
        return next(reversed(self.results(Bill)), None)

    @property
    def answers(self) -> tuple[Noted[Answer], ...]:
        """The answers to queries."""
        return self.results(Answer)

    @property
    def pages(self) -> tuple[Noted[Page], ...]:
        """The pages seen."""
        return self.results(Page)

    @property
    def troubles(self) -> tuple[Noted[Trouble], ...]:
        """What went wrong on the way."""
        return self.results(Trouble)

    def is_own(self, charge: Charge) -> bool:
        """Whether a charge is for the service dialled."""
        return (charge.provider_code, charge.service_code) == (self.service.provider_code, self.service.service_code)

    def results(self, kind: type[Shown]) -> tuple[Noted[Shown], ...]:
        """Every result of one kind with its record."""
        return tuple(Noted(t.seq, t.result.at, t.result) for t in self.touched if isinstance(t.result, kind))

    def marked(self, template: str) -> tuple[Noted[Message], ...]:
        """The messages that begin like `template` (its literal words before the first slot)."""
        words = marker(template)
        return tuple(noted for noted in self.messages if words in noted.value.text)


def _without_duplicates(records: Sequence[AnyRecord]) -> tuple[Noted[Message], ...]:
    """Networks deliver some messages twice; the second copy has the same sender, text and service-centre stamp."""
    seen: dict[tuple[str, str, datetime], Noted[Message]] = {}
    for record in records:
        if isinstance(record, Seen):
            message = record.message
            seen.setdefault((message.sender, message.text, message.sent_at), Noted(record.seq, record.at, message))
    return tuple(sorted(seen.values(), key=lambda noted: noted.value.sent_at))


def _order(touched: Touched) -> Order | None:
    act, result = touched.act, touched.result
    at = result.at
    if isinstance(act, Send) and isinstance(result, Sent) and act.purpose in ORDERING:
        return Order(touched.seq, at, at, act.purpose == "use", act.purpose == "confirm")
    if isinstance(act, Press) and isinstance(result, Page):
        if act.purpose in ORDERING:
            return Order(touched.seq, at, at, act.purpose == "use", True)
        if act.purpose == "ask" and button(result.content, "confirm") is None:
            return Order(touched.seq, at, at, False, False)
    return None


def _new(charges: Sequence[Charge], known: Sequence[Charge]) -> list[Charge]:
    """The charges of a bill beyond those known, equal ones counted: twice charged is twice there."""
    left = list(known)
    new = []
    for charge in charges:
        if charge in left:
            left.remove(charge)
        else:
            new.append(charge)
    return new
