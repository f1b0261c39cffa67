"""BOSS's timer (Q5): it looks which wishes MISC has not answered, and passes the overdue ones on again."""

from __future__ import annotations

from datetime import timedelta

from dialtest.sandbox.core import Core
from dialtest.sandbox.dispatches import pass_on_wish
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.watch import OutOfStep

HALF_SECOND_S = 0.5


def expect_answer(core: Core, account: Account, held: Subscription) -> None:
    """Keep an eye on a wish until MISC has answered it."""
    terms = core.synchronisation
    if terms is None or not terms.answers_checked_every_s:
        return
    unanswered = core.watch.unanswered
    unanswered.append((account, held))
    if len(unanswered) == 1:
        _check_next(core, terms.answers_checked_every_s)


def _check_next(core: Core, every_s: int) -> None:
    """The timer goes by the clock, so that no subscriber's fate hangs on when another's wish set it going; and half a
    second past, when nobody does anything, so that it hangs on no order of arrival either.
    """
    core.agenda.after(every_s - core.now.timestamp() % every_s + HALF_SECOND_S, _check_answers, core)


def _check_answers(core: Core) -> None:
    """Forget what was answered; follow up what is overdue; look again after the interval while anything is left."""
    terms, watch = core.synchronisation, core.watch
    if terms is None:
        return
    due = core.now - timedelta(hours=terms.answered_within_h)
    watch.unanswered = [(account, held) for account, held in watch.unanswered if held.ended_at is None]
    for account, held in watch.unanswered:
        if held.updated_at <= due:
            _follow_up(core, account, held)
    if watch.unanswered:
        _check_next(core, terms.answers_checked_every_s)


def _follow_up(core: Core, account: Account, held: Subscription) -> None:
    """Ask MISC again, to end it at once this time."""
    msisdn = account.number.msisdn
    core.watch.found.append(OutOfStep(core.now, msisdn, held.service, held.ordered_at, "wish_unanswered", "timer"))
    pass_on_wish(core, account, held, 0)
