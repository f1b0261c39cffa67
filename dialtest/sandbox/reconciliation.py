"""The daily reconciliation of BOSS and MISC (Q3): what changed since the last one is compared, and put right."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dialtest.policy.terms import SynchronisationTerms
from dialtest.sandbox import boss, misc
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.core import Core
from dialtest.sandbox.dispatches import report_end
from dialtest.sandbox.ledger import Account, Subscription, entry
from dialtest.sandbox.watch import OutOfStep, What

HALF_SECOND = timedelta(seconds=0.5)


def compare_tonight(core: Core, account: Account) -> None:
    """Something of this subscriber changed: let the next reconciliation look at it."""
    terms, changed = core.synchronisation, core.watch.changed
    if terms is None or not terms.reconciled_at:
        return
    if not changed:
        core.agenda.at(_next_run(core, terms), NETWORK_FIRST, _reconcile, core)
    changed[account.number.msisdn] = account


def _next_run(core: Core, terms: SynchronisationTerms) -> datetime:
    """Half a second past: at that moment nobody does anything that another order of events would turn out otherwise."""
    run = datetime.combine(core.now.date(), time.fromisoformat(terms.reconciled_at), core.policy.zone)
    run += HALF_SECOND
    return run if run > core.now else core.policy.days_later(run, 1)


def _reconcile(core: Core) -> None:
    """Compare every subscriber with changes; what is on its way or being carried out waits for tomorrow."""
    terms, changed = core.synchronisation, core.watch.changed
    if terms is None:
        return
    core.watch.changed = {}
    settled = core.now - timedelta(seconds=terms.out_of_step_s)
    for account in changed.values():
        for at_misc in account.at_misc:
            at_boss = entry(account.subscriptions, at_misc.service, at_misc.ordered_at)
            if at_boss is not None and _in_step(at_misc, at_boss):
                if at_misc.asked_to_end_at is not None and at_misc.ended_at is None:
                    compare_tonight(core, account)
            elif core.conduct(at_misc.service, account, at_misc.ordered_at).reconciles():
                if max(at_misc.updated_at, at_boss.updated_at if at_boss else at_misc.updated_at) <= settled:
                    _compare(core, account, at_misc, at_boss)
                compare_tonight(core, account)


def _in_step(at_misc: Subscription, at_boss: Subscription) -> bool:
    return at_misc.ended_at == at_boss.ended_at and at_misc.asked_to_end_at == at_boss.asked_to_end_at


def _compare(core: Core, account: Account, at_misc: Subscription, at_boss: Subscription | None) -> None:
    """Put one subscription right. Orders are right at MISC, where they come in; wishes at BOSS, where they come in."""
    service, ordered_at = at_misc.service, at_misc.ordered_at
    if at_boss is None:
        _note(core, account, at_misc, "order_unknown_to_boss")
        order = at_misc.channel, at_misc.first_order, at_misc.first_charge_at
        boss.book_order(core, account, service, ordered_at, *order)
    elif at_boss.asked_to_end_at is not None and at_misc.asked_to_end_at is None:
        _note(core, account, at_misc, "wish_unknown_to_misc")
        asked_at = at_boss.asked_to_end_at
        misc.take_withdrawal(core, account, service, ordered_at, asked_at, 0, report_end)
    elif at_boss.ended_at is None and at_misc.ended_at is not None:
        _note(core, account, at_misc, "end_unknown_to_boss")
        boss.book_end(core, account, service, ordered_at, at_misc.ended_at)


def _note(core: Core, account: Account, held: Subscription, what: What) -> None:
    found = OutOfStep(core.now, account.number.msisdn, held.service, held.ordered_at, what, "reconciliation")
    core.watch.found.append(found)
