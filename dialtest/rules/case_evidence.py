"""One case's records laid out flat for rules: orders, withdrawals, messages, charges, answers, pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome, Seen
from dialtest.model.act import AnyAct, Send
from dialtest.model.observation import (
    Answer,
    Bill,
    Called,
    CallLog,
    Charge,
    Complained,
    Message,
    Page,
    SubscriptionRow,
    Trouble,
)
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Terms
from dialtest.policy.wording import marker
from dialtest.rules.active_use import ORDERING, ActiveUse, Elsewhere, Order, Touching, Withdrawal, may_order
from dialtest.rules.dialogue import Dialogue
from dialtest.rules.noted import Noted
from dialtest.rules.notices import Notices
from dialtest.rules.screens import charges_on, rows_in

DELIVERED_WITHIN = timedelta(hours=24)  # (ours) a message sent in time may arrive this late; only then is it missing
CLOCK_SLACK = timedelta(minutes=5)  # (ours) screens and handsets may disagree by this much


class CaseEvidence:
    """Everything a judge may know of one case; made from the journal alone, in one pass over its records.

    dialled: whether the harness dialled it: only then does the absence of a record mean that nothing was there.
    Imported results of other teams are sparse; of them, rules judge what is present alone.
    monthly: whether a subscription was dialled. market: the terms in force when the case began.
    companion: another service that the script may have ordered beside it; nothing of it is judged.
    ordered_earlier: whether this number ordered this very service in an earlier case.
    done: every act with what came of it. messages: what the handset showed, by the service centre's stamp, no message
    twice. naming_words: those by which the market's lists name the service; None where it sends none. list_requests:
    query commands sent to the carrier's short code. readings: see `shared`.
    """

    __slots__ = (
        "_begun", "answers", "bills", "call_logs", "calls", "charges", "closed", "companion", "complaints", "dialled",
        "done", "ended_at", "first_reminders", "held_before", "last_bill", "list_requests", "market", "messages",
        "monthly", "monthly_charges", "naming_words", "opened", "order_in_doubt", "ordered_earlier", "orders",
        "own_charges", "own_rows", "pages", "policy", "readings", "records", "rows", "second_reminders", "service",
        "subscription_order", "touches", "troubles", "withdrawal_confirmations", "withdrawals",
    )  # fmt: skip

    def __init__(self, records: Sequence[AnyRecord], policy: Policy) -> None:
        first, last = records[0], records[-1]
        if not isinstance(first, Opened):
            raise ValueError(f"case {first.case} does not begin with its opening record")
        self.records = records
        self.policy = policy
        self.opened = first
        self.closed = last if isinstance(last, Closed) else None
        self.ended_at: datetime = last.at
        self.service: Service = first.service
        self.companion: Service | None = first.companion or None
        self.market: Terms = policy.terms(first.at)
        self.dialled = first.origin == "dialled"
        self.monthly = first.service.billing_type == "monthly"
        self.ordered_earlier = bool(first.earlier) and first.service.key in first.earlier
        self.readings: dict[object, Any] = {}
        self._lay_out()
        self._read_use()
        self._read_screens()
        self._read_notices()

    def _lay_out(self) -> None:
        self.done: list[Outcome] = []
        self.messages: list[Noted[Message]] = []
        self.answers: list[Noted[Answer]] = []
        self.bills: list[Noted[Bill]] = []
        self.pages: list[Noted[Page]] = []
        self.complaints: list[Noted[Complained]] = []
        self.calls: list[Noted[Called]] = []
        self.call_logs: list[Noted[CallLog]] = []
        self.troubles: list[Noted[Trouble]] = []
        self._begun: dict[int, AnyAct] = {}
        shown: dict[type, list[Any]] = {
            Answer: self.answers,
            Bill: self.bills,
            Called: self.calls,
            CallLog: self.call_logs,
            Complained: self.complaints,
            Page: self.pages,
            Trouble: self.troubles,
        }
        texts: set[str] = set()
        for record in self.records:
            if type(record) is Outcome:
                self.done.append(record)
                self._begun.pop(record.step, None)
                kept = shown.get(type(record.result))
                if kept is not None:
                    kept.append(Noted(record.seq, record.result.at, record.result))
            elif type(record) is Seen:
                message = record.message
                if message.text not in texts or not self._repeats(message):
                    texts.add(message.text)
                    self.messages.append(Noted(record.seq, record.at, message))
            elif type(record) is Intent:
                self._begun[record.step] = record.act
        self.messages.sort(key=_sent_at)

    def _repeats(self, message: Message) -> bool:
        """Networks deliver some messages twice; the second copy has the same sender, text and stamp."""
        return any(
            known.value.text == message.text
            and known.value.sender == message.sender
            and known.value.sent_at == message.sent_at
            for known in self.messages
        )

    def _read_use(self) -> None:
        use = ActiveUse(self.service, self.done, self.companion)
        self.orders: Sequence[Order] = use.orders
        self.withdrawals: Sequence[Withdrawal] = use.withdrawals
        self.touches: Sequence[Touching] = use.touches
        self.list_requests: Sequence[Elsewhere] = ()
        if use.elsewhere:
            dialogue = Dialogue(use.elsewhere, self.messages, self.service, self.policy)
            self.list_requests = dialogue.requests
            self.withdrawals = sorted([*use.withdrawals, *dialogue.withdrawals], key=_asked_at)
        self.subscription_order = self._subscribing()
        self.order_in_doubt = bool(self._begun or self.troubles) and self._is_in_doubt()

    def _subscribing(self) -> Order | None:
        """The first order that subscribes to the monthly service dialled; None when nothing was ordered.

        Where the market asks for a second yes, an order without one subscribes to nothing.
        """
        if self.monthly:
            needs_yes = self.market.order.confirmation != "none"
            for order in self.orders:
                if order.confirmed or not needs_yes:
                    return order
        return None

    def _is_in_doubt(self) -> bool:
        """Whether an order may have gone out that no outcome shows: then nothing can be called unordered."""
        vague = {noted.seq for noted in self.troubles if noted.value.uncertain}
        acts = [outcome.act for outcome in self.done if outcome.seq in vague] if vague else []
        return any(map(may_order, (*self._begun.values(), *acts)))

    def _read_screens(self) -> None:
        """What was ordered or charged before the case is left out, save of a control number: it never orders."""
        begins = None if self.opened.number.control else self.opened.at
        service = self.service
        self.charges: Sequence[Noted[Charge]] = charges_on(self.bills, begins)
        self.own_charges = [noted for noted in self.charges if self.is_own(noted.value)]
        self.monthly_charges = [noted for noted in self.own_charges if noted.value.kind == "monthly"]
        self.last_bill = self.bills[-1] if self.bills else None
        self.rows: Sequence[Noted[SubscriptionRow]] = rows_in(self.answers, begins)
        self.own_rows = [noted for noted in self.rows if noted.value.is_of(service)]
        self.held_before = self.subscription_order is not None and not self.own_rows and self._may_have_held()

    def _may_have_held(self) -> bool:
        """Whether the number held the service when the case began, forced on it in an earlier one: shown by a query,
        or, where none was answered, by a bill or possible since the number dialled this provider before.
        """
        begins = self.opened.at
        if self.answers:
            rows = (row for answer in self.answers for row in answer.value.subscriptions if row.is_of(self.service))
            return any(
                not any(change.what == "withdrawn" and change.at < begins for change in row.history) for row in rows
            )
        charges = (charge for bill in self.bills for charge in bill.value.charges if self.is_own(charge))
        if any(charge.charged_at < begins for charge in charges):
            return True
        provider = f"{self.service.provider_code}/"
        return any(key.startswith(provider) for key in self.opened.earlier)

    def _read_notices(self) -> None:
        notices = Notices(self.messages, self.service, self.policy, self.market)
        self.naming_words = notices.naming_words
        self.first_reminders: Sequence[Noted[Message]] = notices.first_reminders
        self.second_reminders: Sequence[Noted[Message]] = notices.second_reminders
        self.withdrawal_confirmations: Sequence[Noted[Message]] = notices.withdrawal_confirmations

    # What rules ask of it

    @property
    def ordered_elsewhere(self) -> bool:
        """Whether the script ordered at another port too: then other services are not unordered."""
        port = self.service.access_number
        acts = (outcome.act for outcome in self.done)
        return any(isinstance(act, Send) and act.purpose in ORDERING and act.to != port for act in acts)

    @property
    def shown_subscribed(self) -> tuple[int, datetime] | None:
        """Sequence number and time of the first record that shows that the order made a subscription: a row, a charge,
        a reminder, a confirmation; None when nothing does.
        """
        groups = (self.own_rows, self.own_charges, self.first_reminders, self.withdrawal_confirmations)
        return min(((noted.seq, noted.at) for group in groups for noted in group), default=None)

    @property
    def subscribed(self) -> bool:
        """Whether anything shows a subscription."""
        return bool(self.own_rows or self.own_charges or self.first_reminders or self.withdrawal_confirmations)

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

    def is_of_companion(self, row: SubscriptionRow) -> bool:
        """Whether a row is of the service ordered beside the one dialled."""
        return self.companion is not None and row.is_of(self.companion)

    def is_own(self, charge: Charge) -> bool:
        """Whether a charge is for the service dialled."""
        return charge.service_code == self.service.service_code and charge.provider_code == self.service.provider_code

    def marked(self, template: str) -> list[Noted[Message]]:
        """The messages that begin like `template` (its literal words before the first slot)."""
        words = marker(template)
        return [noted for noted in self.messages if words in noted.value.text]


def _sent_at(noted: Noted[Message]) -> datetime:
    return noted.value.sent_at


def _asked_at(wish: Withdrawal) -> tuple[datetime, int]:
    return wish.at, wish.seq
