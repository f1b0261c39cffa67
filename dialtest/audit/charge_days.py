"""The policy's calendar as a table: what an order or a charge of each day means for the next ones (T3, T5, R2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dialtest.audit.workspace import Workspace
from dialtest.language import _
from dialtest.policy.policy import Policy
from dialtest.policy.refund import refund_due

TABLE = """
CREATE TABLE charge_day (
  day DATE,                    -- of the market's own calendar
  first_charge_at TIMESTAMP,   -- of a first order of that day; NULL where the market has no free period by the calendar
  reorder_charge_at TIMESTAMP, -- of a later order of that day
  charged_on INTEGER,          -- the only day of the month to charge on; NULL: any
  next_charge_at TIMESTAMP,    -- the earliest next charge after one of that day; NULL: `next_charge_after`
  next_charge_after INTERVAL,
  refund_per_fen INTEGER       -- what is due back for one fen charged wrongly on that day
);
CREATE TABLE market (by_month BOOLEAN) -- whether charges of two months never collide
"""
CLOCK_CHANGE = timedelta(hours=1)
"""A calendar week is an hour shorter when the clocks go forward; what the rule charged-within-cycle allows."""


def fill_charge_days(workspace: Workspace, policy: Policy, first: date, last: date) -> None:
    """Make the table for every day from `first` to `last`; its dates come from the policy, which rules ask too."""
    workspace.run("", TABLE)
    workspace.tell(_("Working out the calendar of charges"))
    by_month = all(terms.charging.cycle == "calendar_month" for _since, terms in policy.timeline)
    workspace.fill("market", [(by_month,)])
    workspace.fill("charge_day", [*_days(policy, first, last)])


def _days(policy: Policy, first: date, last: date) -> Iterator[tuple[object, ...]]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        midnight = policy.midnight(day)
        terms = policy.terms(midnight)
        per_fen = refund_due(terms.refund, 1).total_fen
        if terms.charging.cycle == "days":
            after = timedelta(days=terms.charging.every_days) - CLOCK_CHANGE
            yield day, None, None, None, None, after, per_fen
        else:
            dates = (
                _naive(policy.first_charge(midnight)),
                _naive(policy.first_charge(midnight, first_order=False)),
                1,
                _naive(policy.next_charge(midnight)),
            )
            yield day, *dates, None, per_fen


def _naive(when: datetime) -> datetime:
    """A time of the market's own clock as the engine keeps it."""
    return when.replace(tzinfo=None)
