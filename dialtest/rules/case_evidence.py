"""One case's records laid out flat for rules: orders, withdrawals, messages, charges, answers, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome, Seen
from dialtest.model.act import AnyAct, Press, Send
from dialtest.model.observation import (
    Answer,
    Bill,
    Charge,
    Message,
    Page,
    SubscriptionRow,
    Trouble,
)
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Terms
from dialtest.policy.wording import marker
from dialtest.rules.active_use import (
    ORDERING,
    Order,
    Touched,
    Touching,
    Withdrawal,
    orders_in,
    touches_in,
    withdrawals_in,
)
from dialtest.rules.notices import naming_words
from dialtest.rules.once import once

Shown = TypeVar("Shown")

DELIVERED_WITHIN = timedelta(hours=24)  # (ours) a message sent in time may arrive this late; only then is it missing
CLOCK_SLACK = timedelta(minutes=5)  # (ours) screens and handsets may disagree by this much


@dataclass(frozen=True, slots=True)
class Noted(Generic[Shown]):
    """Something seen, the sequence number of the record that shows it, and that record's time."""

    seq: int
    at: datetime
    value: Shown


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
        self.records = records
        self.touched: list[Touched] = []
        self._intents: dict[int, AnyAct] = {}
        self._results: dict[type[object], list[Noted[Any]]] = {}
        self._readings: dict[object, Any] = {}
        heard: list[Seen] = []
        for record in records:
            if type(record) is Outcome:
                self._did(record)
            elif type(record) is Seen:
                heard.append(record)
            elif type(record) is Intent:
                self._intents[record.step] = record.act
        self.messages = _without_duplicates(heard)

    def _did(self, outcome: Outcome) -> None:
        result = outcome.result
        self._intents.pop(outcome.step, None)
        self.touched.append(Touched(outcome.seq, outcome.act, result))
        self._results.setdefault(type(result), []).append(Noted(outcome.seq, result.at, result))

    # The case itself

    @property
    def dialled(self) -> bool:
        """Whether the harness dialled it: only then does the absence of a record mean that nothing was there.

        Imported results of other teams are sparse; of them, rules judge what is present alone.
        """
        return self.opened.origin == "dialled"

    @property
    def monthly(self) -> bool:
        """Whether a subscription was dialled."""
        return self.service.billing_type == "monthly"

    @property
    def by_month(self) -> bool:
        """Whether this market cuts its fees on the 1st."""
        return self.terms(self.opened.at).charging.cycle == "calendar_month"

    @property
    def ordered_earlier(self) -> bool:
        """Whether this number ordered this very service in an earlier case."""
        return self.service.key in self.opened.earlier

    def terms(self, when: datetime) -> Terms:
        """The terms in force at `when`."""
        return self.policy.terms(when)

    def clock(self, when: datetime) -> str:
        """A time as messages show it: the market's calendar, to the minute."""
        return f"{self.policy.local(when):%Y-%m-%d %H:%M}"

    def since(self, when: datetime) -> tuple[int, datetime]:
        """Sequence number and time of the first record at or after `when`: there a missing thing becomes certain."""
        record = next((record for record in self.records if record.at >= when), self.records[-1])
        return record.seq, record.at

    # What the customer did

    @once
    def orders(self) -> tuple[Order, ...]:
        """Every active use, oldest first; an order and its second yes count as one."""
        return orders_in(self.touched)

    @once
    def subscription_order(self) -> Order | None:
        """The first order that subscribes to the monthly service dialled; None when nothing was ordered.

        Where the market asks for a second yes, an order without one subscribes to nothing.
        """
        if not self.monthly:
            return None
        needs_yes = self.terms(self.opened.at).order.confirmation != "none"
        return next((order for order in self.orders if order.confirmed or not needs_yes), None)

    @once
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every wish to withdraw from the service dialled, refused ones included, oldest first."""
        return withdrawals_in(self.touched, self.service)

    @once
    def touches(self) -> tuple[Touching, ...]:
        """Every act that is no order (a page looked at, a command), oldest first."""
        return touches_in(self.touched)

    @once
    def order_in_doubt(self) -> bool:
        """Whether an order may have gone out that no outcome shows: then nothing can be called unordered."""
        vague = [noted.seq for noted in self.troubles if noted.value.uncertain]
        acts = [one.act for one in self.touched if one.seq in vague] if vague else []
        return any(_may_order(act) for act in (*self._intents.values(), *acts))

    @once
    def ordered_elsewhere(self) -> bool:
        """Whether the script ordered at another port too: then other services are not unordered."""
        port = self.service.access_number
        acts = (one.act for one in self.touched)
        return any(isinstance(act, Send) and act.purpose in ORDERING and act.to != port for act in acts)

    # What came of it

    @once
    def charges(self) -> tuple[Noted[Charge], ...]:
        """Every charge on any bill of the case, each with the first bill that shows it, oldest first.

        A bill shows all charges of the number: of a number that ordered before, those of before the case are left out.
        """
        found: list[Noted[Charge]] = []
        begins = self.opened.at
        everything = self.opened.number.control
        for bill in self.results(Bill):
            if not bill.value.charges:
                continue
            known = [noted.value for noted in found]
            charges = bill.value.charges
            if not everything:
                charges = tuple(charge for charge in charges if charge.charged_at >= begins)
            found += [Noted(bill.seq, bill.at, charge) for charge in _new(charges, known)]
        return tuple(sorted(found, key=lambda noted: noted.value.charged_at))

    @once
    def own_charges(self) -> tuple[Noted[Charge], ...]:
        """The charges of the service dialled."""
        return tuple(noted for noted in self.charges if self.is_own(noted.value))

    @once
    def monthly_charges(self) -> tuple[Noted[Charge], ...]:
        """The charges of the service dialled that are taken by the month (or week)."""
        return tuple(noted for noted in self.own_charges if noted.value.kind == "monthly")

    @once
    def last_bill(self) -> Noted[Bill] | None:
        """The last bill read; what was charged after it is not known."""
        return next(reversed(self.results(Bill)), None)

    @once
    def rows(self) -> tuple[Noted[SubscriptionRow], ...]:
        """The rows of every answer that were ordered within the case (of a control number: all rows)."""
        begins = self.opened.at
        everything = self.opened.number.control
        return tuple(
            Noted(answer.seq, answer.at, row)
            for answer in self.results(Answer)
            for row in answer.value.subscriptions
            if everything or row.ordered_at >= begins
        )

    @once
    def own_rows(self) -> tuple[Noted[SubscriptionRow], ...]:
        """Those of the service dialled."""
        return tuple(noted for noted in self.rows if noted.value.is_of(self.service))

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

    @once
    def first_reminders(self) -> tuple[Noted[Message], ...]:
        """The messages that are reminder 1 of the service dialled, oldest first."""
        reminder = self.terms(self.opened.at).first_reminder
        return () if reminder is None else self._naming(self.marked(reminder.text))

    @once
    def second_reminders(self) -> tuple[Noted[Message], ...]:
        """The messages, or numbered parts, of reminder 2 that speak of the service dialled, oldest first."""
        reminder = self.terms(self.opened.at).second_reminder
        if reminder is None or not self.messages:
            return ()
        words = naming_words(reminder, self.policy, self.service)
        return tuple(noted for noted in self.messages if words in noted.value.text)

    @once
    def withdrawal_confirmations(self) -> tuple[Noted[Message], ...]:
        """The messages that confirm the withdrawal from the service dialled, oldest first."""
        return self._naming(self.marked(self.terms(self.opened.at).withdrawal.confirmation.text))

    @once
    def shown_subscribed(self) -> tuple[int, datetime] | None:
        """Sequence number and time of the first record that shows the subscription; None when nothing does."""
        groups = (self.own_rows, self.own_charges, self.first_reminders, self.withdrawal_confirmations)
        return min(((noted.seq, noted.at) for group in groups for noted in group), default=None)

    @property
    def subscribed(self) -> bool:
        """Whether anything shows that the order made a subscription: a row, a charge, a reminder, a confirmation."""
        return self.shown_subscribed is not None

    def once(self, reading: Callable[[CaseEvidence], Shown]) -> Shown:
        """`reading(self)`, worked out once for all rules that need it; readings are pure."""
        known = self._readings
        if reading not in known:
            known[reading] = reading(self)
        result: Shown = known[reading]
        return result

    def is_own(self, charge: Charge) -> bool:
        """Whether a charge is for the service dialled."""
        return charge.service_code == self.service.service_code and charge.provider_code == self.service.provider_code

    def results(self, kind: type[Shown]) -> tuple[Noted[Shown], ...]:
        """Every result of one kind with its record."""
        return tuple(self._results.get(kind, ()))

    def marked(self, template: str) -> tuple[Noted[Message], ...]:
        """The messages that begin like `template` (its literal words before the first slot)."""
        words = marker(template)
        return tuple(noted for noted in self.messages if words in noted.value.text)

    def _naming(self, messages: tuple[Noted[Message], ...]) -> tuple[Noted[Message], ...]:
        name, provider = self.service.name, self.service.provider_name
        return tuple(noted for noted in messages if name in noted.value.text and provider in noted.value.text)


def _may_order(act: AnyAct) -> bool:
    return isinstance(act, Press) or (isinstance(act, Send) and act.purpose in ORDERING)


def _without_duplicates(heard: Sequence[Seen]) -> tuple[Noted[Message], ...]:
    """Networks deliver some messages twice; the second copy has the same sender, text and service-centre stamp."""
    seen: dict[tuple[str, str, datetime], Noted[Message]] = {}
    for record in heard:
        message = record.message
        seen.setdefault((message.sender, message.text, message.sent_at), Noted(record.seq, record.at, message))
    return tuple(sorted(seen.values(), key=lambda noted: noted.value.sent_at))


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
