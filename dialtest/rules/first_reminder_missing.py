"""No reminder after the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import story, subscribed
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import shown, subscriptions


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription that something shows, a case that waited long enough, and no reminder 1 of it (T1, T2, T3)."""
    for subscription in subscriptions(evidence):
        order = subscription.order
        reminder = evidence.terms(order.at).first_reminder
        if reminder is None or subscription.saw(evidence.first_reminders):
            continue
        certain = order.at + timedelta(seconds=reminder.within_s) + DELIVERED_WITHIN
        if not evidence.dialled:
            yield Untested("imported results do not hold every message")
        elif not subscription.watched_until(certain, evidence):
            yield Untested("the case ended before a late message could have arrived")
        elif not shown(evidence, order):
            yield Untested("nothing shows that the order made a subscription")
        else:
            seq, at = evidence.since(certain)
            yield Breach(at, (order.seq, seq), {"ordered": evidence.clock(order.at)})


FIRST_REMINDER_MISSING = Rule(
    name="first-reminder-missing",
    version=2,
    title={"zh": "定购后无提醒", "en": "No reminder after the order"},
    explains={
        "zh": "每次定购(包括退订后再次定购)后5分钟内必须由10086发送第一次提醒,"
        "说明提供商、业务、资费、开始收费时间和退订方法。",
        "en": "Within five minutes of every order, one after a withdrawal too, the first reminder must come: provider, "
        "service, tariff, when charging starts, how to withdraw.",
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
