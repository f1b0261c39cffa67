"""No reminder after the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import story, subscribed
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription that something shows, a case that waited long enough, and no reminder 1 in it (T1, T2)."""
    order = evidence.subscription_order
    reminder = evidence.terms(order.at).first_reminder if order is not None else None
    if order is None or reminder is None or evidence.first_reminders:
        return
    deadline = order.at + timedelta(seconds=reminder.within_s)
    if not evidence.dialled:
        yield Untested("imported results do not hold every message")
    elif evidence.ended_at < deadline + DELIVERED_WITHIN:
        yield Untested("the case ended before a late message could have arrived")
    elif not evidence.subscribed:
        yield Untested("nothing shows that the order made a subscription")
    else:
        seq, at = evidence.since(deadline + DELIVERED_WITHIN)
        yield Breach(at, (order.seq, seq), {"ordered": evidence.clock(order.at)})


FIRST_REMINDER_MISSING = Rule(
    name="first-reminder-missing",
    version=1,
    title={"zh": "定购后无提醒", "en": "No reminder after the order"},
    explains={
        "zh": "定购后5分钟内必须由10086发送第一次提醒,说明提供商、业务、资费、开始收费时间和退订方法。",
        "en": "Within five minutes of an order the first reminder must come: provider, service, tariff, when "
        "charging starts, how to withdraw.",
    },
    message={
        "zh": "{ordered}定购,没有收到第一次提醒。",
        "en": "Ordered at {ordered}; no first reminder came.",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("T1", "T2", "Q4"),
    needs=("first_reminder_due", "subscription"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: (lambda told: told.listened(days=2).queried(told.row()))(subscribed()).evidence(),
    broken=lambda: (lambda told: told.listened(days=2).queried(told.row()))(story().ordered()).evidence(),
)
