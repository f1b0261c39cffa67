"""The reminder after the order came too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story, subscribed
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import subscriptions


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Reminder 1 of an order, by its service-centre stamp: how long it was on the way is nobody's breach (T2, Q4)."""
    if not evidence.dialled:
        yield Untested("imported results do not tell when a message was sent")
        return
    for subscription in subscriptions(evidence):
        order, reminders = subscription.order, subscription.saw(evidence.first_reminders)
        reminder = evidence.terms(order.at).first_reminder
        if reminder is None or not reminders:
            continue
        first = reminders[0]
        if first.value.sent_at > order.at + timedelta(seconds=reminder.within_s):
            facts = {"ordered": evidence.clock(order.at), "sent": evidence.clock(first.value.sent_at)}
            yield Breach(first.at, (order.seq, first.seq), facts)


FIRST_REMINDER_LATE = Rule(
    name="first-reminder-late",
    version=2,
    title={"zh": "定购提醒超时", "en": "Reminder after the order too late"},
    explains={
        "zh": "第一次提醒须在定购后5分钟内发出,以短信中心时间为准。",
        "en": "The first reminder must be sent within five minutes of the order; the service centre’s time "
        "stamp decides.",
    },
    message={
        "zh": "{ordered}定购,第一次提醒{sent}才发出。",
        "en": "Ordered at {ordered}; the first reminder was sent only at {sent}.",
    },
    breach="forced_subscription",
    severity="minor",
    clauses=("T2", "Q4"),
    needs=("subscription", "first_reminder"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: subscribed().evidence(),
    broken=lambda: story().ordered().reminded_first(after_s=1500).evidence(),
)
