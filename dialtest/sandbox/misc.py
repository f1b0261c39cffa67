"""MISC 梦网平台: it takes orders, keeps a ledger of subscriptions of its own, and carries withdrawals out (Q3, Q5).

It never touches BOSS's ledger: what BOSS has to know travels over the link (synchronisation.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialtest.model.service import Service
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription, entry, held_in

FAILED = 5  # of a thousand withdrawals: MISC could not carry them out

Report = Callable[[Core, Account, Subscription], None]
"""How an end is reported to BOSS."""


def enter_order(core: Core, account: Account, service: Service, channel: str, report: Report) -> Subscription | None:
    """Enter a subscription, free as T3 says; None when it is there already. One that is to end ends before it."""
    there = held_in(account.at_misc, service)
    if there is not None:
        if there.asked_to_end_at is None:
            return None
        _end(core, account, there, report)
    now, first = core.now, not any(held.service is service for held in account.at_misc)
    held = Subscription(service, now, channel, first, core.policy.first_charge(now, first), updated_at=now)
    account.at_misc.append(held)
    return held


def take_withdrawal(
    core: Core,
    account: Account,
    service: Service,
    ordered_at: datetime,
    asked_at: datetime,
    within_s: int,
    report: Report,
) -> None:
    """BOSS passes a wish on (Q5): note when the customer asked (T5), carry it out after `within_s`, report the end."""
    held = entry(account.at_misc, service, ordered_at)
    if held is None:
        return
    held.asked_to_end_at = held.asked_to_end_at or asked_at
    held.updated_at = core.now
    takes_s = core.conduct(service, account, ordered_at).withdrawal_takes_s(within_s)
    core.agenda.after(takes_s, _carry_out, core, account, held, report)


def _carry_out(core: Core, account: Account, held: Subscription, report: Report) -> None:
    """End it; where that fails, there is no answer (Q5)."""
    if core.synchronisation is None or core.line(account).chance.between(0, 1000) >= FAILED:
        _end(core, account, held, report)


def _end(core: Core, account: Account, held: Subscription, report: Report) -> None:
    """End it, once; a wish that is passed on again is answered again."""
    if held.ended_at is None:
        held.ended_at = held.updated_at = core.now
    report(core, account, held)


def reopen(core: Core, held: Subscription) -> None:
    """Enter an ended subscription as held again: a dishonest provider's doing."""
    held.ended_at = held.asked_to_end_at = None
    held.updated_at = core.now
