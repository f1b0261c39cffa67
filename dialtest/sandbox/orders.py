"""How an order becomes a subscription, or a use (T1–T3)."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.service import Service
from dialtest.policy.wording import fill
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.charging import charge_use, set_first_cut
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.dispatches import fetch_wishes, report_end, report_order
from dialtest.sandbox.ledger import Account, Request
from dialtest.sandbox.misc import enter_order
from dialtest.sandbox.reconciliation import compare_tonight
from dialtest.sandbox.reminders import remind_of_order

CONTENT_AFTER_S = (20, 600)


def take_order(core: Core, account: Account, service: Service, channel: str) -> None:
    """An order has come in: ask for a second yes where the market does, else carry it out."""
    account.requests.append(Request(core.now, service, "order"))
    conduct = core.conduct(service, account)
    if asks_by_message(core, service) and conduct.asks_confirmation():
        terms = core.terms.order
        account.pending[service.key] = core.agenda.clock(terms.confirm_within_h * 3600)
        text = fill(terms.confirm_text, core.policy, service)
        prompt = conduct.prompt(Notice(service.access_number, text, account.chance.between(2, 60)))
        if prompt is not None:
            core.send(account, prompt)
    else:
        carry_out(core, account, service, channel)


def asks_by_message(core: Core, service: Service) -> bool:
    """Whether this market asks for the second yes to a subscription by message, whatever channel it was ordered on."""
    return service.billing_type == "monthly" and core.terms.order.confirmation == "reply"


def confirm_order(core: Core, account: Account, service: Service) -> bool:
    """The second yes; whether there was an order to confirm."""
    until = account.pending.pop(service.key, None)
    if until is None or core.now > until:
        return False
    carry_out(core, account, service, "sms")
    return True


def carry_out(core: Core, account: Account, service: Service, channel: str) -> None:
    """Subscribe to what is subscribed to, charge what is used, deliver what was ordered."""
    conduct = core.conduct(service, account)
    others = [other for other in core.filings.by_provider[service.provider_code] if other is not service]
    honest = (service,) if service.billing_type == "monthly" else ()
    if service.billing_type == "per_use":
        charge_use(core, account, service)
    for ordered in conduct.subscribed_to(honest, (service, *others)):
        subscribe(core, account, ordered, channel)
    _deliver_content(core, account, service)


def subscribe(core: Core, account: Account, service: Service, channel: str) -> None:
    """Make a subscription, unless it is there already."""
    fetch_wishes(core, account)
    held = enter_order(core, account, service, channel, report_end)
    if held is None:
        return
    if core.conduct(service, account).reports_order():
        report_order(core, account, held)
    compare_tonight(core, account)
    remind_of_order(core, account, held)
    set_first_cut(core, account, held)


def _deliver_content(core: Core, account: Account, service: Service) -> None:
    conduct = core.conduct(service, account)
    words = f"{service.name}: {service.description or service.name}"
    notice = conduct.content(Notice(service.access_number, words, account.chance.between(*CONTENT_AFTER_S)))
    pushed = conduct.pushes(service)
    for message in (notice, pushed):
        if message is not None:
            core.send(account, message)


def prey_on_idle(core: Core, account: Account) -> None:
    """Let providers who subscribe numbers that never ordered do so, once, a day after their fault begins."""
    for fault in core.faults.planted:
        if fault.conduct.preys_on_idle_numbers():
            since = max(fault.since or core.now, core.now) + timedelta(days=1)
            for key in sorted(fault.services):
                if fault.strikes(core.seed, key, account.number.msisdn, since):
                    core.agenda.at(since, NETWORK_FIRST, subscribe, core, account, core.filings.by_key[key], "unknown")
