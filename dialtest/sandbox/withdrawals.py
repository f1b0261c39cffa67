"""How a subscription ends (T5, Q4, Q5): the request counts at once, the rest follows within the policy's hours."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.observation import Change
from dialtest.policy.wording import fill
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Request, Subscription
from dialtest.sandbox.reminders import LATEST_S, sender_of

LONGEST_S = 6 * 3600


def withdraw(core: Core, account: Account, held: Subscription, channel: str, *, announced: bool = True) -> bool:
    """Take a withdrawal wish; whether it was accepted. A wish that is told again counts from the first time (T5)."""
    account.requests.append(Request(core.now, held.service, "withdraw"))
    conduct = core.conduct(held.service, account, held.ordered_at)
    if not conduct.accepts_withdrawal(channel):
        return False
    if not conduct.heeds_withdrawal():
        return True
    held.asked_to_end_at = held.asked_to_end_at or core.now
    within_s = core.terms.withdrawal.effective_within_h * 3600
    ends_s = account.chance.between(1, min(within_s, LONGEST_S))
    core.agenda.after(ends_s, _end, core, account, held, channel)
    if announced:
        _confirm(core, account, held, conduct)
    return True


def _confirm(core: Core, account: Account, held: Subscription, conduct: Conduct) -> None:
    text = fill(core.terms.withdrawal.confirmation.text, core.policy, held.service)
    delay_s = account.chance.between(5, LATEST_S)
    in_force = core.policy.terms(core.agenda.clock(delay_s)).withdrawal.confirmation
    notice = conduct.withdrawal_confirmation(Notice(sender_of(in_force, account, held.service), text, delay_s))
    if notice is not None:
        core.send(account, notice)


def _end(core: Core, account: Account, held: Subscription, channel: str) -> None:
    held.ended_at = core.now
    held.history.append(Change(core.now, "withdrawn", channel))
    returns = core.conduct(held.service, account, held.ordered_at).returns_after_days()
    if returns:
        core.agenda.at(core.now + timedelta(days=returns), NETWORK_FIRST, _return, core, account, held)


def _return(core: Core, account: Account, held: Subscription) -> None:
    held.ended_at = held.asked_to_end_at = None
    held.history.append(Change(core.now, "ordered", "unknown"))
