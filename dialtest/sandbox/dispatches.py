"""The three things BOSS and MISC tell each other over the link (Q3, Q5): an order, a wish to withdraw, an end."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.service import Service
from dialtest.sandbox import boss, misc
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription


def report_order(core: Core, account: Account, held: Subscription) -> None:
    """MISC tells BOSS of an order."""
    line = core.line(account)
    order = held.service, held.ordered_at, held.channel, held.first_order, held.first_charge_at
    core.link.send(line.to_boss, line.chance, boss.book_order, core, account, *order)
    days = core.conduct(held.service, account).repeats_order_after_days()
    if days:
        when = core.now + timedelta(days=days)
        core.agenda.at(when, NETWORK_FIRST, boss.book_return, core, account, held.service, held.ordered_at)


def known_to_boss(core: Core, account: Account, service: Service) -> Subscription | None:
    """The active subscription as BOSS has it; where it has none, it asks MISC at once for what is outstanding."""
    held = account.active(service)
    if held is None and account.line is not None:
        core.link.fetch(account.line.to_boss)
        held = account.active(service)
    return held


def pass_on_wish(core: Core, account: Account, held: Subscription, within_s: int) -> None:
    """BOSS tells MISC to end a subscription, within so many seconds."""
    line = core.line(account)
    wish = held.service, held.ordered_at, held.asked_to_end_at, within_s
    core.link.send(line.to_misc, line.chance, misc.take_withdrawal, core, account, *wish, report_end)


def fetch_wishes(core: Core, account: Account) -> None:
    """MISC asks BOSS at once for the wishes that are outstanding."""
    if account.line is not None:
        core.link.fetch(account.line.to_misc)


def report_end(core: Core, account: Account, held: Subscription) -> None:
    """MISC answers that a subscription has ended."""
    line = core.line(account)
    end = held.service, held.ordered_at, held.ended_at
    core.link.send(line.to_boss, line.chance, boss.book_end, core, account, *end)
    days = core.conduct(held.service, account, held.ordered_at).returns_after_days()
    if days:
        core.agenda.at(core.now + timedelta(days=days), NETWORK_FIRST, _come_back, core, account, held)


def _come_back(core: Core, account: Account, held: Subscription) -> None:
    """What a dishonest provider makes of an ended subscription: it is there again, on both sides."""
    misc.reopen(core, held)
    boss.book_return(core, account, held.service, held.ordered_at)
