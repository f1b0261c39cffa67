"""The carrier's charging: monthly cuts (T3, T5), per-use fees."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from dialtest.model.service import Service
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.boss import owes
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.reminders import send_receipt


def set_first_cut(core: Core, account: Account, held: Subscription) -> None:
    """Let the first cut of a new subscription happen when it is due."""
    when = core.conduct(held.service, account, held.ordered_at).first_cut(held.first_charge_at, held)
    core.agenda.at(when, NETWORK_FIRST, _cut, core, account, held)


def charge_use(core: Core, account: Account, service: Service) -> None:
    """Charge one use of a per-use service, and whatever a dishonest provider adds later."""
    conduct = core.conduct(service, account)
    for fee_fen in conduct.use_fees(service):
        take_fee(core, account, service, fee_fen, "per_use")
    if hours := conduct.phantom_use_after_h():
        core.agenda.after(hours * 3600, _charge_phantom, core, account, service)
    if fee_fen := conduct.monthly_fee_after_use(service):
        when = core.policy.next_first(core.now)
        core.agenda.at(when, NETWORK_FIRST, _charge_month_of_use, core, account, service, fee_fen)


def take_fee(
    core: Core,
    account: Account,
    service: Service,
    fee_fen: int,
    kind: Literal["monthly", "per_use"],
    since: datetime | None = None,
) -> None:
    """Charge a fee and send its receipt, where the market has receipts; `since` is when the customer ordered."""
    if account.charge(service, fee_fen, kind, core.now):
        send_receipt(core, account, service, fee_fen, since)


def _charge_phantom(core: Core, account: Account, service: Service) -> None:
    take_fee(core, account, service, service.fee_fen, "per_use")


def _charge_month_of_use(core: Core, account: Account, service: Service, fee_fen: int) -> None:
    take_fee(core, account, service, fee_fen, "monthly")
    when = core.policy.next_first(core.now)
    core.agenda.at(when, NETWORK_FIRST, _charge_month_of_use, core, account, service, fee_fen)


def _cut(core: Core, account: Account, held: Subscription) -> None:
    conduct = core.conduct(held.service, account, held.ordered_at)
    still_there = held.active and conduct.charges_until_ended()
    if owes(account, held, core.now, conduct) or still_there or conduct.charges_on():
        for fee_fen in conduct.cut_fees(held.service):
            take_fee(core, account, held.service, fee_fen, "monthly", held.ordered_at)
        when = conduct.next_cut(core.policy.next_charge(core.now), core.now)
        core.agenda.at(when, NETWORK_FIRST, _cut, core, account, held)
