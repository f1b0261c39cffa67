"""No reminder before the first charge."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import subscribed, subscription_story
from dialtest.rules.reminder_due import second_reminders_due
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import shown


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription kept through the whole window, and no reminder 2 that speaks of it (T1, T4)."""
    for subscription, (opens, closes) in second_reminders_due(evidence):
        order, certain = subscription.order, closes + DELIVERED_WITHIN
        if subscription.saw(evidence.second_reminders):
            continue
        if not evidence.dialled:
            yield Untested("imported results do not hold every message")
        elif not subscription.watched_until(certain, evidence):
            yield Untested("the case ended before the second reminder’s days were over")
        elif not shown(evidence, order):
            yield Untested("nothing shows that the order made a subscription")
        else:
            ordered = evidence.clock(order.at)
            facts = {"ordered": ordered, "from": evidence.clock(opens), "until": evidence.clock(closes)}
            seq, at = evidence.since(certain)
            yield Breach(at, (order.seq, seq), facts)


SECOND_REMINDER_MISSING = Rule(
    name="second-reminder-missing",
    version=2,
    title={"zh": "收费前无第二次提醒", "en": "No second reminder before the first charge"},
    explains={
        "zh": "在免费期最后一个月的21日至25日,必须发送第二次提醒:本月内退定,下月不再收费。",
        "en": "On days 21 to 25 of the last free month the second reminder must come: who withdraws this month "
        "is not charged.",
    },
    message={
        "zh": "{ordered}定购,{from}至{until}没有收到第二次提醒。",
        "en": "Ordered at {ordered}; no second reminder came between {from} and {until}.",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("T1", "T4"),
    needs=("subscription",),
    hindered_by=("held_before",),
    applies=lambda evidence: bool(second_reminders_due(evidence)),
    check=check,
    clean=lambda: subscription_story().charged(3000).later(days=2).read_bill().evidence(),
    broken=lambda: subscribed().to_next_first().charged(3000).later(days=2).read_bill().evidence(),
)
