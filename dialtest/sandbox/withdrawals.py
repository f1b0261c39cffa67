"""How a subscription ends (T5, Q4, Q5): the request counts at once, the rest follows within the policy's hours."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.observation import Change
from dialtest.policy.wording import fill
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.reminders import LATEST_S, sender_of


def withdraw(core: Core, account: Account, held: Subscription, channel: str) -> bool:
    """Take a withdrawal wish; whether it was accepted."""
    conduct = core.conduct(held.service, account, held.ordered_at)
    if not conduct.accepts_withdrawal(channel):
        return False
    if not conduct.heeds_withdrawal():
        return True
    held.asked_to_end_at = core.now
    random = core.random(account.number.msisdn)
    within_s = core.policy.terms(core.now).withdrawal.effective_within_h * 3600
    ends = core.later(timedelta(seconds=random.randrange(1, min(within_s, 6 * 3600))))
    core.agenda.at(ends, NETWORK_FIRST, _end, core, account, held, channel)
    _confirm(core, account, held, conduct)
    return True


def _confirm(core: Core, account: Account, held: Subscription, conduct: Conduct) -> None:
    confirmation = core.policy.terms(core.now).withdrawal.confirmation
    text = fill(confirmation.text, core.policy, held.service)
    delay_s = core.random(account.number.msisdn).randrange(5, LATEST_S)
    in_force = core.policy.terms(core.later(timedelta(seconds=delay_s))).withdrawal.confirmation
    notice = conduct.withdrawal_confirmation(Notice(sender_of(core, in_force, account, held.service), text, delay_s))
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
