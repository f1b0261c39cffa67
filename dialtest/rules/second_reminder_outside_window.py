"""The reminder before the first charge came on a wrong day."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import subscribed, subscription_story
from dialtest.rules.reminder_due import second_reminder_due
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Reminders 2 that were all sent before or after their days (T4)."""
    order, window = evidence.subscription_order, second_reminder_due(evidence)
    if order is None or window is None:
        return
    opens, closes = window
    sent = evidence.second_reminders
    if any(opens <= noted.value.sent_at < closes for noted in sent):
        return
    if not evidence.dialled:
        yield Untested("imported results do not hold every message")
    elif evidence.ended_at < closes + DELIVERED_WITHIN:
        yield Untested("the case ended before the second reminder’s days were over")
    else:
        facts = {
            "sent": evidence.clock(sent[0].value.sent_at),
            "from": evidence.clock(opens),
            "until": evidence.clock(closes),
        }
        yield Breach(max(sent[0].at, closes), (order.seq, sent[0].seq), facts)


SECOND_REMINDER_OUTSIDE_WINDOW = Rule(
    name="second-reminder-outside-window",
    version=1,
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
    applies=lambda evidence: second_reminder_due(evidence) is not None,
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
