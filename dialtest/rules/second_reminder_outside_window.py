"""The reminder before the first charge came on a wrong day."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import subscribed, subscription_story
from dialtest.rules.reminder_due import second_reminders_due
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Reminders 2 that were all sent before or after their days (T4)."""
    for subscription, (opens, closes) in second_reminders_due(evidence):
        sent = subscription.saw(evidence.second_reminders)
        if not sent or any(opens <= noted.value.sent_at < closes for noted in sent):
            continue
        if not evidence.dialled:
            yield Untested("imported results do not hold every message")
        elif not subscription.watched_until(closes + DELIVERED_WITHIN, evidence):
            yield Untested("the case ended before the second reminder’s days were over")
        else:
            facts = {
                "sent": evidence.clock(sent[0].value.sent_at),
                "from": evidence.clock(opens),
                "until": evidence.clock(closes),
            }
            yield Breach(max(sent[0].at, closes), (subscription.order.seq, sent[0].seq), facts)


SECOND_REMINDER_OUTSIDE_WINDOW = Rule(
    name="second-reminder-outside-window",
    version=2,
    title={"zh": "第二次提醒不在规定日期", "en": "Second reminder on a wrong day"},
    explains={
        "zh": "第二次提醒须在免费期最后一个月的21日至25日发出,让用户来得及退订。",
        "en": "The second reminder must come on days 21 to 25 of the last free month, early enough to withdraw.",
    },
    message={
        "zh": "第二次提醒于{sent}发出,应在{from}至{until}之间。",
        "en": "The second reminder was sent at {sent}; it is due between {from} and {until}.",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("T4",),
    needs=("subscription", "second_reminder"),
    hindered_by=("held_before",),
    applies=lambda evidence: bool(second_reminders_due(evidence)),
    check=check,
    clean=lambda: subscription_story().charged(3000).later(days=2).read_bill().evidence(),
    broken=lambda: (
        subscribed()
        .to_next_first()
        .later(days=-1)
        .reminded_second()
        .to_next_first()
        .charged(3000)
        .later(days=2)
        .read_bill()
        .evidence()
    ),
)
