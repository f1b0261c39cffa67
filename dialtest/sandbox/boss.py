"""BOSS 业务支撑系统: its ledger of subscriptions is what screens, halls and bills go by (Q2, Q3, Q5).

It never touches MISC's ledger: what MISC has to know travels over the link (synchronisation.py).
"""

from __future__ import annotations

from datetime import datetime

from dialtest.model.observation import Change
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Conduct
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription, entry


def book_order(
    core: Core,
    account: Account,
    service: Service,
    ordered_at: datetime,
    channel: str,
    first_order: bool,
    first_charge_at: datetime,
) -> None:
    """MISC reports an order: enter it, unless it is there already (Q3)."""
    if entry(account.subscriptions, service, ordered_at) is None:
        held = Subscription(service, ordered_at, channel, first_order, first_charge_at, updated_at=core.now)
        held.history.append(Change(ordered_at, "ordered", channel))
        account.subscriptions.append(held)


def book_end(core: Core, account: Account, service: Service, ordered_at: datetime, ended_at: datetime) -> None:
    """MISC reports that a subscription has ended: the answer to a withdrawal (Q5)."""
    held = entry(account.subscriptions, service, ordered_at)
    if held is None or held.ended_at is not None:
        return
    held.ended_at, held.updated_at = ended_at, core.now
    held.history.append(Change(ended_at, "withdrawn", held.withdrawn_over))


def book_return(core: Core, account: Account, service: Service, ordered_at: datetime) -> None:
    """Enter an ended subscription as held again, without an order of the customer: no honest system asks for it."""
    held = entry(account.subscriptions, service, ordered_at)
    if held is not None and held.ended_at is not None:
        held.ended_at = held.asked_to_end_at = None
        held.updated_at = core.now
        held.history.append(Change(core.now, "ordered", "unknown"))


def owes(account: Account, billed: Subscription, cut: datetime, conduct: Conduct) -> bool:
    """Whether BOSS takes a fee that MISC bills: not after a wish that MISC knows of, nor after one BOSS keeps in mind,
    since the time of the request decides (T5).
    """
    if _asked_before(billed, cut):
        return False
    held = entry(account.subscriptions, billed.service, billed.ordered_at)
    return held is None or not _asked_before(held, cut) or not conduct.follows_up_withdrawal()


def _asked_before(held: Subscription, cut: datetime) -> bool:
    return held.asked_to_end_at is not None and held.asked_to_end_at < cut
