"""The carrier's front: what each act of a customer sets going, in virtual time and without any I/O."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from dialtest.model.act import AnyAct, OpenPage, Press, Query, ReadBill, Send, Withdraw
from dialtest.model.number import Number
from dialtest.model.observation import AnyObservation, Page, Sent, Trouble, Withdrawn
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.charging import take_fee
from dialtest.sandbox.conduct import Touch
from dialtest.sandbox.core import Core
from dialtest.sandbox.delivery import Deliver, draw
from dialtest.sandbox.desk import answer, bill
from dialtest.sandbox.ledger import Account
from dialtest.sandbox.orders import asks_by_message, carry_out, confirm_order, prey_on_idle, take_order
from dialtest.sandbox.pages import advert_page, confirmation_page, done_page, honest_offer
from dialtest.sandbox.planted import FaultPlan
from dialtest.sandbox.withdrawals import withdraw

BALANCE_FEN = 100_000
EMPTY_SHARE = 0.005


class Carrier:
    """A carrier in a box. `perform` is all a customer can do; everything later comes through `deliver`."""

    def __init__(
        self,
        policy: Policy,
        services: Iterable[Service],
        numbers: Iterable[Number],
        faults: FaultPlan,
        agenda: Agenda,
        deliver: Deliver,
        seed: int,
    ) -> None:
        self.core = Core(policy, services, faults, agenda, deliver, seed)
        self.accounts = {number.msisdn: self._account(number) for number in numbers}
        self._by_port: dict[str, list[Service]] = {}
        self._by_page = {service.page_url: service for service in self.core.services.values() if service.page_url}
        for service in self.core.services.values():
            self._by_port.setdefault(service.access_number, []).append(service)

    def perform(self, msisdn: str, act: AnyAct) -> AnyObservation:
        """Do what the customer asks, now; what the customer sees at once."""
        now = self.core.now
        account = self.accounts.get(msisdn)
        if account is None:
            return Trouble(now, "refused", f"{msisdn} is no number of this network")
        if self.core.outages.end(now) is not None:
            return Trouble(now, "outage", "no service")
        return self._perform(account, act, now)

    def _account(self, number: Number) -> Account:
        empty = draw(self.core.seed, "balance", number.msisdn) < EMPTY_SHARE
        account = Account(number, 0 if empty else BALANCE_FEN)
        if number.control:
            prey_on_idle(self.core, account)
        return account

    def _perform(self, account: Account, act: AnyAct, now: datetime) -> AnyObservation:
        match act:
            case Send():
                return self._take_message(account, act, now)
            case OpenPage():
                return self._show_page(account, act.url, now)
            case Press():
                return self._press(account, act.url, now)
            case Withdraw():
                return self._withdraw(account, act, now)
            case Query():
                if act.channel not in self.core.policy.terms(now).query.channels:
                    return Trouble(now, "unknown_channel", act.channel)
                return answer(self.core, account, act.channel)
            case ReadBill():
                return bill(self.core, account)
            case _:
                return Trouble(now, "refused", "listening is no act of the network")

    # Messages

    def _take_message(self, account: Account, act: Send, now: datetime) -> AnyObservation:
        if account.balance_fen <= 0:
            return Trouble(now, "no_balance")
        for service in self._by_port.get(act.to, ()):
            if self._understood(account, service, act.text.strip()):
                break
        else:
            self._touched(account, act)
        return Sent(now)

    def _understood(self, account: Account, service: Service, text: str) -> bool:
        core, words = self.core, text.upper()
        if words == service.order_command.upper():
            take_order(core, account, service, "sms")
        elif words == service.withdraw_command.upper():
            self._withdraw_by_message(account, service)
        elif words == core.policy.terms(core.now).order.confirm_keyword.upper() and service.key in account.pending:
            confirm_order(core, account, service)
        else:
            return False
        return True

    def _withdraw_by_message(self, account: Account, service: Service) -> None:
        """A word such as STOP, where services of a port share it, ends all of them that are held."""
        for other in self._by_port[service.access_number]:
            held = account.active(other)
            if held is not None and other.withdraw_command.upper() == service.withdraw_command.upper():
                withdraw(self.core, account, held, "sms")
        self._touch(account, service, "withdraw")

    def _touched(self, account: Account, act: Send) -> None:
        """A message no service of this port understands; an honest one answers nothing and takes nothing."""
        text = act.text.strip().upper()
        touch: Touch = "wrong"
        if text == self.core.policy.help_command.upper():
            touch = "help"
        elif text == self.core.policy.query_command.upper():
            touch = "query"
        for service in self._by_port.get(act.to, ()):
            self._touch(account, service, touch)

    def _touch(self, account: Account, service: Service, touch: Touch) -> None:
        conduct = self.core.conduct(service, account)
        fee_fen = conduct.charge_for_command(touch, service)
        if fee_fen:
            take_fee(self.core, account, service, fee_fen, "per_use")
        if conduct.orders_on(touch):
            on_page = "wap" if service.service_type == "wap" else "web"
            carry_out(self.core, account, service, on_page if touch == "page_view" else "sms")

    # Pages

    def _show_page(self, account: Account, url: str, now: datetime) -> AnyObservation:
        service = self._by_page.get(url)
        if service is None:
            return Trouble(now, "page_missing", url)
        conduct = self.core.conduct(service, account)
        offer = conduct.offer(honest_offer(self.core.policy, service), service)
        self._touch(account, service, "page_view")
        return Page(now, url, 200, advert_page(self.core.policy, service, offer))

    def _press(self, account: Account, url: str, now: datetime) -> AnyObservation:
        pressed = parse_qs(urlsplit(url).query)
        shown = self._by_page.get(url.partition("?")[0])
        target = self.core.services.get((pressed.get("order") or pressed.get("confirm") or [""])[0])
        if shown is None or target is None:
            return Trouble(now, "page_missing", url)
        if account.balance_fen <= 0:
            return Trouble(now, "no_balance")
        policy, conduct = self.core.policy, self.core.conduct(shown, account)
        offer = conduct.offer(honest_offer(policy, shown), shown)
        by_message = asks_by_message(self.core, target)
        if "order" in pressed and conduct.asks_confirmation() and not by_message:
            return Page(now, url, 200, confirmation_page(policy, shown, offer))
        take_order(self.core, account, target, "wap" if shown.service_type == "wap" else "web")
        return Page(now, url, 200, done_page(policy, shown, by_message and conduct.asks_confirmation()))

    # Withdrawals

    def _withdraw(self, account: Account, act: Withdraw, now: datetime) -> AnyObservation:
        if act.channel not in self.core.policy.terms(now).withdrawal.channels:
            return Trouble(now, "unknown_channel", act.channel)
        service = self.core.services.get(f"{act.provider_code}/{act.service_code}")
        held = account.active(service) if service is not None else None
        if held is None:
            return Withdrawn(now, False, "not subscribed")
        return Withdrawn(now, withdraw(self.core, account, held, act.channel))
