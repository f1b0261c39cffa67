"""The carrier's front: what each act of a customer sets going, in virtual time and without any I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar

from dialtest.model.act import (
    AnyAct,
    Call,
    Complain,
    Listen,
    OpenPage,
    Press,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    Withdraw,
)
from dialtest.model.number import Number
from dialtest.model.observation import AnyObservation, Bill, Page, Sent, Trouble, Withdrawn
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.batches import set_batches
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.channels import closed
from dialtest.sandbox.charging import take_fee
from dialtest.sandbox.complaints import take_complaint
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.core import Core
from dialtest.sandbox.delivery import Deliver
from dialtest.sandbox.desk import answer
from dialtest.sandbox.dispatches import known_to_boss
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.hall_notes import ask_at_hall
from dialtest.sandbox.hotline.reception import Reception
from dialtest.sandbox.ledger import Account
from dialtest.sandbox.orders import asks_by_message, carry_out, confirm_order, prey_on_idle, take_order
from dialtest.sandbox.pages import advert_page, confirmation_page, done_page, honest_offer
from dialtest.sandbox.planted import FaultPlan
from dialtest.sandbox.short_code import ShortCode
from dialtest.sandbox.withdrawals import withdraw

BALANCE_FEN = 100_000
EMPTY_SHARE = 0.005
STEPS = ("order", "confirm")


class Carrier:
    """A carrier in a box. `perform` is all a customer can do; everything later comes through `deliver`."""

    def __init__(
        self,
        policy: Policy,
        filings: Filings,
        numbers: Iterable[Number],
        faults: FaultPlan,
        agenda: Agenda,
        deliver: Deliver,
        seed: int,
    ) -> None:
        self.core = Core(policy, filings, faults, agenda, deliver, seed)
        self.accounts = {number.msisdn: self._account(number) for number in numbers}
        set_batches(self.core, self.accounts)
        self._short_code = ShortCode(self.core)
        self._reception = Reception(self.core)

    def perform(self, msisdn: str, act: AnyAct) -> AnyObservation:
        """Do what the customer asks, now; what the customer sees at once."""
        now = self.core.now
        account = self.accounts.get(msisdn)
        if account is None:
            return Trouble(now, "refused", f"{msisdn} is no number of this network")
        if self.core.outages.end(now) is not None:
            return Trouble(now, "outage", "no service")
        return self._acts[type(act)](self, account, act, now)

    def _account(self, number: Number) -> Account:
        chance = Chance(self.core.seed, number.msisdn)
        account = Account(number, 0 if chance.share() < EMPTY_SHARE else BALANCE_FEN, chance)
        if number.control:
            prey_on_idle(self.core, account)
        return account

    def _listen(self, account: Account, act: Listen, now: datetime) -> AnyObservation:
        return Trouble(now, "refused", "listening is no act of the network")

    def _query(self, account: Account, act: Query, now: datetime) -> AnyObservation:
        return closed(self.core, act.channel, "query") or answer(self.core, account, act.channel)

    def _read_bill(self, account: Account, act: ReadBill, now: datetime) -> AnyObservation:
        refunds = tuple(account.redress.refunds) if account.redress is not None else ()
        return Bill(now, tuple(account.charges), refunds)

    def _complain(self, account: Account, act: Complain, now: datetime) -> AnyObservation:
        return take_complaint(self.core, account, act, now)

    def _call(self, account: Account, act: Call, now: datetime) -> AnyObservation:
        return self._reception.call(account, act, now)

    def _read_calls(self, account: Account, act: ReadCalls, now: datetime) -> AnyObservation:
        return self._reception.call_log(account, now)

    # Messages

    def _take_message(self, account: Account, act: Send, now: datetime) -> AnyObservation:
        words, shared = act.text.strip().upper(), self.core.filings.by_access_number.get(act.to, ())
        if act.to in self.core.policy.carrier_ports:  # costs nothing, so it needs no balance
            self._short_code.take(account, act.to, words)
            return Sent(now)
        if account.balance_fen <= 0:
            return Trouble(now, "no_balance")
        for service in shared:
            if self._understood(account, service, words):
                return Sent(now)
        touch = self._meaning(words)
        for service in shared:
            self._touch(account, service, touch)
        return Sent(now)

    def _understood(self, account: Account, service: Service, words: str) -> bool:
        core = self.core
        if words == service.order_command.upper():
            take_order(core, account, service, "sms")
        elif words == service.withdraw_command.upper():
            self._withdraw_by_message(account, service)
        elif service.key in account.pending and words == core.terms.order.confirm_keyword.upper():
            confirm_order(core, account, service)
        else:
            return False
        return True

    def _withdraw_by_message(self, account: Account, service: Service) -> None:
        """A word such as STOP, where services of a port share it, ends all of them that are held."""
        for other in self.core.filings.by_access_number[service.access_number]:
            held = known_to_boss(self.core, account, other)
            if held is not None and other.withdraw_command.upper() == service.withdraw_command.upper():
                withdraw(self.core, account, held, "sms")
        self._touch(account, service, "withdraw")

    def _meaning(self, words: str) -> Touch:
        """What a message is that no service of its port understands; honest ones answer nothing and take nothing."""
        if words == self.core.policy.help_command.upper():
            return "help"
        return "query" if words == self.core.policy.query_command.upper() else "wrong"

    def _touch(self, account: Account, service: Service, touch: Touch) -> None:
        conduct = self.core.conduct(service, account)
        fee_fen = conduct.charge_for_command(touch, service)
        if fee_fen:
            take_fee(self.core, account, service, fee_fen, "per_use")
        if conduct.orders_on(touch):
            on_page = "wap" if service.service_type == "wap" else "web"
            carry_out(self.core, account, service, on_page if touch == "page_view" else "sms")

    # Pages

    def _show_page(self, account: Account, act: OpenPage, now: datetime) -> AnyObservation:
        url = act.url
        service = self.core.filings.by_page.get(url)
        if service is None:
            return Trouble(now, "page_missing", url)
        conduct = self.core.conduct(service, account)
        offer = conduct.offer(honest_offer(self.core.policy, service), service)
        self._touch(account, service, "page_view")
        return Page(now, url, 200, advert_page(self.core.policy, service, offer))

    def _press(self, account: Account, act: Press, now: datetime) -> AnyObservation:
        url = act.url
        page, _, pressed = url.rpartition("?")
        step, _, key = pressed.partition("=")
        filings = self.core.filings
        shown, target = filings.by_page.get(page), filings.by_key.get(key)
        if shown is None or target is None or step not in STEPS:
            return Trouble(now, "page_missing", url)
        if account.balance_fen <= 0:
            return Trouble(now, "no_balance")
        policy, conduct = self.core.policy, self.core.conduct(shown, account)
        by_message = asks_by_message(self.core, target)
        if step == "order" and conduct.asks_confirmation() and not by_message:
            offer = conduct.offer(honest_offer(policy, shown), shown)
            return Page(now, url, 200, confirmation_page(policy, shown, offer))
        take_order(self.core, account, target, "wap" if shown.service_type == "wap" else "web")
        return Page(now, url, 200, done_page(policy, shown, by_message and conduct.asks_confirmation()))

    # Withdrawals

    def _withdraw(self, account: Account, act: Withdraw, now: datetime) -> AnyObservation:
        core, channel = self.core, act.channel
        service = core.filings.of(act.provider_code, act.service_code)
        held = known_to_boss(core, account, service) if service is not None else None
        late_days = core.conduct(held.service, account, held.ordered_at).opens_late_days(channel) if held else 0
        shut = closed(core, channel, "withdrawal", late_days)
        if shut is not None:
            return shut
        if held is None:
            return Withdrawn(now, False, "not subscribed")
        if channel == "hall":
            return ask_at_hall(core, account, held)
        return Withdrawn(now, withdraw(core, account, held, channel))

    _acts: ClassVar[dict[type[AnyAct], Callable[[Any, Account, Any, datetime], AnyObservation]]] = {
        Send: _take_message,
        OpenPage: _show_page,
        Press: _press,
        Withdraw: _withdraw,
        Query: _query,
        ReadBill: _read_bill,
        Complain: _complain,
        Call: _call,
        ReadCalls: _read_calls,
        Listen: _listen,
    }
