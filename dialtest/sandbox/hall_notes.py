"""The note of a busy hall (Q8): staff write the wish down, do it later, and the customer is told by SMS."""

from __future__ import annotations

from dialtest.model.observation import Withdrawn
from dialtest.policy.opening import busy
from dialtest.policy.terms import HallTerms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Request, Subscription
from dialtest.sandbox.withdrawals import withdraw

SPARE_H = 7  # a note is done this long before it must be: what follows takes time too


def ask_at_hall(core: Core, account: Account, held: Subscription) -> Withdrawn:
    """Withdraw at a hall: done at once, or written down while the hall is busy; the acceptance's note says so."""
    hall = core.terms.hall
    if hall is None or not busy(core.policy, core.now):
        return Withdrawn(core.now, withdraw(core, account, held, "hall"))
    if not core.conduct(held.service, account, held.ordered_at).accepts_withdrawal("hall"):
        return Withdrawn(core.now, False)
    account.requests.append(Request(core.now, held.service, "withdraw"))
    _write_down(core, account, held, hall)
    return Withdrawn(core.now, True, hall.note)


def _write_down(core: Core, account: Account, held: Subscription, hall: HallTerms) -> None:
    """The time of the request decides (T5), so nothing is charged from now on, whenever the note is done."""
    conduct = core.conduct(held.service, account, held.ordered_at)
    if not conduct.carries_out_note():
        return
    if conduct.heeds_withdrawal() and held.asked_to_end_at is None:
        held.asked_to_end_at = core.now
    chance = Chance(core.seed, "hall note", account.number.msisdn, core.now.timestamp())
    done_s = chance.between(1800, max(hall.notes_done_within_h - SPARE_H, 1) * 3600)
    core.agenda.after(done_s, _do, core, account, held)


def _do(core: Core, account: Account, held: Subscription) -> None:
    if held.active:
        announced = core.conduct(held.service, account, held.ordered_at).announces_note()
        withdraw(core, account, held, "hall", announced=announced)
