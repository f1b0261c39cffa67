"""The times of a plan: from when until when calls arrive, when nothing is sent, and what batches are planned in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy
from load.plan.sending import sending
from load.plan.surge_plan import DAY_S, Batch, QuietHours, SurgePlan, Window
from load.plan.tables import Tables

QUARTER_S = 900
CALLED_BY_THEN = 0.9999
LONGEST_DAYS = 400


def read_quiet(tables: Tables, top: Mapping[str, Any]) -> QuietHours | None:
    one = tables.known(tables.table(top, "quiet", ""), "quiet.", ("from", "until"))
    if not one:
        return None
    quiet = QuietHours(tables.time_s(one, "from", "quiet."), tables.time_s(one, "until", "quiet."))
    if quiet.from_s % DAY_S == quiet.until_s % DAY_S:
        tables.wrong("quiet.until", one.get("until"), _("a time other than the quiet hours' begin"))
    return quiet


def read_window(tables: Tables, top: Mapping[str, Any], policy: Policy) -> Window | None:
    """What `schedule` plans in: the plan's window, or the policy's days of existing subscriptions (T8)."""
    one = tables.known(tables.table(top, "window", ""), "window.", ("begins", "ends"))
    begins = tables.moment(one, "begins", "window.", policy.zone)
    ends = tables.moment(one, "ends", "window.", policy.zone)
    existing = policy.terms(policy.midnight(policy.ends)).existing
    if existing is not None:
        begins = begins or policy.midnight(existing.first_date)
        ends = ends or policy.midnight(existing.last_date + timedelta(days=1))
    if begins is None or ends is None:
        return None
    if ends <= begins:
        tables.wrong("window.ends", ends.isoformat(), _("a moment after its begin"))
    return Window(begins, ends)


def read_horizon(
    tables: Tables, top: Mapping[str, Any], zone: ZoneInfo, batches: Sequence[Batch]
) -> tuple[datetime, datetime | None]:
    """From when the plan's arrivals are looked at (default: the quarter hour of the first batch), and until when."""
    starts = [batch.start for batch in batches if batch.start]
    begins, ends = tables.moment(top, "begins", "", zone), tables.moment(top, "ends", "", zone)
    if begins is None and starts:
        first = min(starts).astimezone(zone)
        begins = first - timedelta(
            seconds=(first.minute * 60 + first.second) % QUARTER_S, microseconds=first.microsecond
        )
    if begins is None:
        begins = datetime.fromtimestamp(0, zone)
    if starts and min(starts) < begins:
        tables.wrong("begins", begins.isoformat(), _("a moment not after the first batch"))
    if ends is not None and not begins < ends <= begins + timedelta(days=LONGEST_DAYS):
        tables.wrong(
            "ends", ends.isoformat(), _("a moment after the begin, within {days} days").format(days=LONGEST_DAYS)
        )
    return begins, ends


def until_all_called(plan: SurgePlan) -> SurgePlan:
    """The plan, ending at the first quarter hour after 99.99 % of every batch's callers have called."""
    ends_s = float(QUARTER_S)
    for batch in plan.batches:
        if batch.start is not None:
            last_s = sending(plan, batch)[-1].until_s + float(batch.callback.delay.quantile_s(CALLED_BY_THEN))
            ends_s = max(ends_s, (last_s // QUARTER_S + 1) * QUARTER_S if isfinite(last_s) else ends_s)
    if ends_s > LONGEST_DAYS * 86_400:
        raise DialtestError(
            _("The plan's calls go on for {days} days; at most {most} are planned.").format(
                days=round(ends_s / 86_400), most=LONGEST_DAYS
            ),
            _("Raise messages_per_s, or state `ends`."),
        )
    return replace(plan, ends=plan.begins + timedelta(seconds=ends_s))
