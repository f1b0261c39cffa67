"""Small stories for rules' clean and broken examples: an order, what came of it, and the records that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from dialtest.evidence.record import AnyRecord, CaseState, Closed, Opened, Outcome, Seen
from dialtest.model.act import (
    AnyAct,
    Claim,
    Complain,
    Listen,
    OpenPage,
    Press,
    Purpose,
    Query,
    ReadBill,
    Send,
    Withdraw,
)
from dialtest.model.number import Number
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Change,
    Charge,
    Complained,
    Heard,
    Message,
    Page,
    Refund,
    Sent,
    SubscriptionRow,
    Trouble,
    Withdrawn,
)
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.policy.numbered_list import numbered_list
from dialtest.policy.policy import Policy
from dialtest.policy.wording import fill, first_reminder, second_reminder
from dialtest.rules.case_evidence import CaseEvidence

RefundKind = Literal["refund", "double_return", "goodwill", "all_fees"]

SERVICE = Service(
    provider_code="900001",
    provider_name="新浪",
    service_code="XW",
    name="头条新闻",
    service_type="sms",
    billing_type="monthly",
    fee_fen=3000,
    fee_unit="month",
    access_number="106600001",
    order_command="DZXW",
    withdraw_command="TDXW",
    hotline="9510567",
    description="每日要闻",
    page_url="http://sp.example/xw",
)
NUMBER = Number("13900000001", "mzone")


class Story:
    """Builds one case's records step by step; every method adds what was seen and returns the story."""

    def __init__(self, service: Service, policy: Policy, begins: datetime, number: Number = NUMBER) -> None:
        self.service, self.policy, self.number = service, policy, number
        self.now = self.ordered_at = begins
        self._records: list[AnyRecord] = [
            Opened("example", 0, 0, begins, service, number, "example", 1, "", policy.digest, 1)
        ]
        self._charges: list[Charge] = []
        self._refunds: list[Refund] = []
        self._complaints = 0

    def later(self, **length: int) -> Story:
        """Let time pass."""
        self.now += timedelta(**length)
        return self

    def to_next_first(self) -> Story:
        """Let time pass to 00:00 of the next 1st."""
        self.now = self.policy.next_first(self.now)
        return self

    def sent(self, text: str, purpose: Purpose) -> Story:
        """An SMS to the service's access number."""
        return self._did(Send(self.service.access_number, text, purpose), Sent(self.now))

    def ordered(self) -> Story:
        """The order command."""
        self.ordered_at = self.now
        return self.sent(self.service.order_command, "order")

    def used(self) -> Story:
        """One use of a per-use service."""
        return self.sent(self.service.order_command, "use")

    def saw_page(self, content: str, url: str = "") -> Story:
        """A page opened and only looked at."""
        url = url or self.service.page_url
        return self._did(OpenPage(url), Page(self.now, url, 200, content))

    def pressed(self, content: str, purpose: Purpose = "ask") -> Story:
        """A button pressed, and the page that came."""
        url = f"{self.service.page_url}?press"
        return self._did(Press(url, purpose), Page(self.now, url, 200, content))

    def heard(self, text: str, sender: str = "10086", sent_s_ago: int = 5) -> Story:
        """A message arrived."""
        message = Message(self.now, self.now - timedelta(seconds=sent_s_ago), sender, text)
        self._records.append(Seen("example", len(self._records), 1, self.now, message, 0))
        return self

    def reminded_first(self, after_s: int = 60, sender: str = "10086") -> Story:
        """Reminder 1, word for word."""
        return self.later(seconds=after_s).heard(first_reminder(self.policy, self.service, self.now), sender)

    def reminded_second(self, sender: str = "10086") -> Story:
        """Reminder 2, word for word, all its parts."""
        reminder = self.policy.terms(self.now).second_reminder
        if reminder is not None:
            for text in second_reminder(self.policy, reminder, [self.service]):
                self.heard(text, sender)
        return self

    def charged(self, fee_fen: int, kind: Literal["monthly", "per_use"] = "monthly", **of: str) -> Story:
        """A charge now (`of`: other provider_code, service_code …), shown by a bill read at once."""
        service = replace(self.service, **of) if of else self.service  # type: ignore[arg-type]
        self._charges.append(
            Charge(
                self.now,
                service.provider_code,
                service.service_code,
                service.provider_name,
                service.name,
                fee_fen,
                kind,
            )
        )
        return self.read_bill()

    def read_bill(self) -> Story:
        """The bill."""
        return self._did(ReadBill(), Bill(self.now, tuple(self._charges), tuple(self._refunds)))

    def complained(self, wants: Claim = "refund") -> Story:
        """A complaint about the service; the first is taken as T1, the second as T2."""
        service = self.service
        self._complaints += 1
        act = Complain("hotline", service.provider_code, service.service_code, "charge", wants)
        return self._did(act, Complained(self.now, self._reference))

    def answered_complaint(self, answer: str = "wrong", total_fen: int = 4000, sender: str = "10086") -> Story:
        """The carrier's answer to the last complaint, in the policy's words: half of what comes back was wrong."""
        terms = self.policy.terms(self.now).complaint
        template = getattr(terms, answer)
        money = {"wrong": self.policy.fee(total_fen // 2), "total": self.policy.fee(total_fen)}
        return self.heard(fill(template, self.policy, self.service, reference=self._reference, **money), sender)

    def refunded(self, amount_fen: int, kind: RefundKind = "refund") -> Story:
        """Money that came back now for the last complaint, shown by the next bill."""
        service = self.service
        codes, names = (service.provider_code, service.service_code), (service.provider_name, service.name)
        self._refunds.append(Refund(self.now, *codes, *names, amount_fen, kind, self._reference))
        return self

    @property
    def _reference(self) -> str:
        return f"T{self._complaints}"

    def queried(self, *rows: SubscriptionRow, channel: str = "hotline") -> Story:
        """A query and the rows it showed."""
        return self._did(Query(channel), Answer(self.now, channel, rows))

    def row(self, status: Literal["active", "withdrawn"] = "active", **changes: object) -> SubscriptionRow:
        """The screen's row of this service, for `queried`."""
        service = self.service
        row = {
            "provider_name": service.provider_name, "access_number": service.access_number,
            "service_name": service.name, "ordered_at": self.ordered_at, "service_type": service.service_type,
            "billing_type": "monthly", "tariff": self.policy.tariff(service), "status": status,
            "order_channel": "sms", "history": self._changes(status),
            "service_hotline": service.hotline, "contact": service.contact, "giver": "",
            "description": service.description, "attributes": service.attributes,
        }  # fmt: skip
        return SubscriptionRow(**(row | changes))  # type: ignore[arg-type]

    def _changes(self, status: str) -> tuple[Change, ...]:
        """What the screen tells of the past: what is withdrawn ended this moment."""
        ordered = (Change(self.ordered_at, "ordered", "sms"),)
        return (*ordered, Change(self.now, "withdrawn", "sms")) if status == "withdrawn" else ordered

    def asked_for_list(self) -> Story:
        """The query command to the carrier’s short code."""
        return self._did(Send("10086", self.policy.query_command, "query"), Sent(self.now))

    def listed(self, *, nothing: bool = False, sender: str = "10086") -> Story:
        """The list that answers it, of this service alone or of nothing."""
        terms = self.policy.terms(self.now).short_code
        if terms is not None:
            texts = (terms.nothing_held,) if nothing else numbered_list(self.policy, terms.answer, [self.service])
            self.later(seconds=30)
            for text in texts:
                self.heard(text, sender)
        return self

    def noted_at_hall(self) -> Story:
        """A withdrawal that a busy hall only wrote down."""
        hall = self.policy.terms(self.now).hall
        act = Withdraw("hall", self.service.provider_code, self.service.service_code)
        return self._did(act, Withdrawn(self.now, True, hall.note if hall else ""))

    def turned_away(self, channel: str) -> Story:
        """A withdrawal over a channel that says it is not open yet."""
        act = Withdraw(channel, self.service.provider_code, self.service.service_code)
        return self._did(act, Trouble(self.now, "not_open", channel))

    def withdrew(self, channel: str = "sms", accepted: bool = True) -> Story:
        """A withdrawal wish."""
        if channel == "sms":
            return self.sent(self.service.withdraw_command, "withdraw")
        act = Withdraw(channel, self.service.provider_code, self.service.service_code)
        return self._did(act, Withdrawn(self.now, accepted))

    def delivered(self, after_s: int = 300) -> Story:
        """What was ordered, from the service's own port."""
        words = f"{self.service.name}: {self.service.description}"
        return self.later(seconds=after_s).heard(words, self.service.access_number)

    def confirmed_withdrawal(self, after_s: int = 60, sender: str = "10086") -> Story:
        """The confirmation of a withdrawal, word for word."""
        text = fill(self.policy.terms(self.now).withdrawal.confirmation.text, self.policy, self.service)
        return self.later(seconds=after_s).heard(text, sender)

    def listened(self, **length: int) -> Story:
        """Silence for a while."""
        self.later(**length)
        return self._did(Listen(self.now), Heard(self.now))

    def evidence(self, state: CaseState = "completed") -> CaseEvidence:
        """The case as rules see it."""
        closed = Closed("example", len(self._records), 1, self.now, state)
        return CaseEvidence([*self._records, closed], self.policy)

    def _did(self, act: AnyAct, result: AnyObservation) -> Story:
        self._records.append(Outcome("example", len(self._records), 1, self.now, act, result))
        return self


def story(service: Service = SERVICE, policy: str = "monternet-2006", day: int = 10, number: Number = NUMBER) -> Story:
    """A case that begins at noon of a day in July 2006 (or in the policy's second month)."""
    market = load_policy(policy)
    begins = market.next_first(market.midnight(market.starts)).replace(day=day, hour=12)
    return Story(service, market, begins, number)


PER_USE = replace(SERVICE, billing_type="per_use", fee_unit="use", fee_fen=200, order_command="DBXW")
"""The same service, sold by the use."""


def subscribed(day: int = 10) -> Story:
    """An order, its reminder a minute later, and the first content."""
    return story(day=day).ordered().reminded_first().delivered()


def withdrawn(channel: str = "hotline") -> Story:
    """An order withdrawn after three hours, and the confirmation."""
    return subscribed().later(hours=3).withdrew(channel).confirmed_withdrawal()


def subscription_story(day: int = 10) -> Story:
    """An order with its reminders up to the first cut: what follows is told from 00:00 of that 1st."""
    told = subscribed(day)
    first_charge = told.policy.first_charge(told.now)
    window = told.policy.second_reminder_window(told.now)
    if window is not None:
        told.now = window[0] + timedelta(hours=10)
        told.reminded_second()
    told.now = first_charge
    return told
