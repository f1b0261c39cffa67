"""How a subscription ends (T5, Q4, Q5): the request counts at once, the rest follows within the policy's hours."""

from __future__ import annotations

from dialtest.policy.wording import fill
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.dispatches import pass_on_wish
from dialtest.sandbox.follow_up import expect_answer
from dialtest.sandbox.ledger import Account, Request, Subscription
from dialtest.sandbox.reconciliation import compare_tonight
from dialtest.sandbox.reminders import LATEST_S, from_open_port, sender_of

LONGEST_S = 6 * 3600


def withdraw(core: Core, account: Account, held: Subscription, channel: str, *, announced: bool = True) -> bool:
    """Take a withdrawal wish; whether it was accepted. A wish that is told again counts from the first time (T5)."""
    account.requests.append(Request(core.now, held.service, "withdraw"))
    conduct = core.conduct(held.service, account, held.ordered_at)
    if not conduct.accepts_withdrawal(channel):
        return False
    if not conduct.heeds_withdrawal():
        return True
    within_s = core.terms.withdrawal.effective_within_h * 3600
    ends_s = account.chance.between(1, min(within_s, LONGEST_S))
    held.asked_to_end_at = held.asked_to_end_at or core.now
    held.withdrawn_over, held.updated_at = channel, core.now
    if conduct.follows_up_withdrawal():
        _pass_on(core, account, held, ends_s)
    if announced:
        _confirm(core, account, held, conduct, ends_s)
    return True


def _pass_on(core: Core, account: Account, held: Subscription, ends_s: int) -> None:
    """Pass a wish that BOSS has noted on to MISC, and keep an eye on it until it is carried out (Q5)."""
    pass_on_wish(core, account, held, ends_s)
    expect_answer(core, account, held)
    compare_tonight(core, account)


def _confirm(core: Core, account: Account, held: Subscription, conduct: Conduct, ends_s: int) -> None:
    text = fill(core.terms.withdrawal.confirmation.text, core.policy, held.service)
    terms = core.synchronisation
    found_after_s = ends_s + (terms.answers_checked_every_s if terms else 0)
    delay_s = account.chance.between(5, LATEST_S) + conduct.confirmation_held_back_s(found_after_s)
    in_force = core.policy.terms(core.agenda.clock(delay_s)).withdrawal.confirmation
    sender = sender_of(in_force, account, held.service)
    notice = conduct.withdrawal_confirmation(Notice(sender, text, delay_s))
    if notice is not None:
        later = core.policy.terms(core.agenda.clock(notice.delay_s)).withdrawal.confirmation
        core.send(account, from_open_port(later, account, held.service, notice, sender))
