"""The carrier's reminders before the first charge (T1, T2, T4, T6, T7) and receipts after one."""

from __future__ import annotations

from datetime import datetime

from dialtest.model.service import Service
from dialtest.policy.terms import ReminderTerms
from dialtest.policy.wording import fill, first_reminder, second_reminder
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription

LATEST_S = 259  # with at most 39 s on the way a message still arrives within 4:59
DAY_BEGINS_H, DAY_ENDS_H = 9, 20


def remind_of_order(core: Core, account: Account, held: Subscription) -> None:
    """Send reminder 1 within five minutes, and set reminder 2 for its window."""
    reminder = core.terms.first_reminder
    if reminder is not None:
        text = first_reminder(core.policy, held.service, held.ordered_at, held.first_order)
        delay_s = account.chance.between(5, min(LATEST_S, reminder.within_s))
        in_force = core.policy.terms(core.agenda.clock(delay_s)).first_reminder or reminder
        sender = sender_of(in_force, account, held.service)
        notice = core.conduct(held.service, account).first_reminder(Notice(sender, text, delay_s))
        if notice is not None:
            later = core.policy.terms(core.agenda.clock(notice.delay_s)).first_reminder or reminder
            core.send(account, from_open_port(later, account, held.service, notice, sender))
    _set_second(core, account, held)


def from_open_port(
    terms: ReminderTerms, account: Account, service: Service, notice: Notice, honest_sender: str
) -> Notice:
    """A notice delayed past the day its port was closed comes from one that is open, unless the provider forged it.

    `terms` are those in force when it goes out.
    """
    if notice.sender != honest_sender or notice.sender in terms.senders:
        return notice
    return notice.but(sender=sender_of(terms, account, service))


def send_receipt(core: Core, account: Account, service: Service, fee_fen: int, since: datetime | None = None) -> None:
    """Send a receipt after a charge, where the market has receipts; `since` is when the customer ordered.

    No two receipts of a subscriber go out in one second: equal texts would look like one message sent twice.
    """
    receipt = core.terms.receipt
    if receipt is None:
        return
    text = fill(receipt.text, core.policy, service, fee=core.policy.fee(fee_fen))
    delay_s = account.chance.between(5, LATEST_S)
    while (goes_out := core.agenda.clock(delay_s)) in account.receipts_at:
        delay_s += 1
    account.receipts_at.add(goes_out)
    honest = Notice(sender_of(receipt, account, service), text, delay_s)
    notice = core.conduct(service, account, since).receipt(honest)
    if notice is not None:
        core.send(account, notice)


def sender_of(reminder: ReminderTerms, account: Account, service: Service) -> str:
    """A port the message may come from; which ones may, the terms say that are in force when it goes out (T6)."""
    return account.chance.one_of(reminder.senders) if reminder.senders else service.access_number


def _set_second(core: Core, account: Account, held: Subscription) -> None:
    window = core.policy.second_reminder_window(held.ordered_at, held.first_order)
    if window is None:
        return
    opens, closes = window
    month = (opens.year, opens.month)
    if month in account.reminded_months and opens > held.ordered_at:
        return
    account.reminded_months.add(month)
    between = account.chance.between
    day = opens.day + between(0, max((closes - opens).days, 1))  # no window leaves its month
    hour, minute = between(DAY_BEGINS_H, DAY_ENDS_H), between(0, 60)
    when = datetime(*month, day, hour, minute, tzinfo=core.policy.zone)
    core.agenda.at(max(when, opens), NETWORK_FIRST, _send_second, core, account)


def _send_second(core: Core, account: Account) -> None:
    """Remind of every subscription whose first charge comes with the next cut: honest providers' all in one text.

    A provider that cheats on this subscriber is reminded of apart, so that its conduct touches no other's service; and
    a minute later, since equal parts of one second would look like one message sent twice.
    """
    reminder = core.terms.second_reminder
    next_cut = core.policy.next_first(core.now)
    due = [held for held in account.subscriptions if held.active and held.first_charge_at == next_cut]
    together: dict[Conduct, list[Service]] = {}
    for held in due:
        if held.asked_to_end_at is None:
            together.setdefault(core.conduct(held.service, account), []).append(held.service)
    if reminder is None:
        return
    for turn, (conduct, services) in enumerate(together.items()):
        texts = second_reminder(core.policy, reminder, services)
        notices = tuple(Notice(reminder.senders[0], text, turn * 60 + place) for place, text in enumerate(texts))
        for notice in conduct.second_reminder(notices):
            core.send(account, notice)
