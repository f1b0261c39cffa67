"""A reminder that leaves out what the customer must know."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story, subscribed
from dialtest.rules.notices import unsaid
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.subscriptions import subscriptions


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """No reminder 1 of an order that says tariff, hotline, free time and way out as they should be (T2, T3, T7)."""
    for subscription in subscriptions(evidence):
        order, reminders = subscription.order, subscription.saw(evidence.first_reminders)
        reminder = evidence.terms(order.at).first_reminder
        if reminder is None or not reminders:
            continue
        due = reminder.text, evidence.policy, evidence.service, order.at, subscription.first
        lacking = [(unsaid(noted.value.text, *due), noted) for noted in reminders]
        if all(missing for missing, _ in lacking):
            missing, noted = lacking[0]
            facts = {"missing": "、".join(missing), "text": noted.value.text}
            yield Breach(noted.at, (order.seq, noted.seq), facts)


FIRST_REMINDER_INCOMPLETE = Rule(
    name="first-reminder-incomplete",
    version=2,
    title={"zh": "定购提醒内容不全或不实", "en": "Reminder after the order incomplete or untrue"},
    explains={
        "zh": "第一次提醒必须写明备案资费、备案客服电话、免费期和退订方法,免费期须与定购日期相符。",
        "en": "The first reminder must say the filed tariff and hotline, how long it is free (as the day of the order "
        "has it) and how to withdraw.",
    },
    message={
        "zh": "第一次提醒缺少“{missing}”:{text}",
        "en": "The first reminder does not say “{missing}”: {text}",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("T2", "T3", "T7"),
    needs=("subscription", "first_reminder"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: subscribed().evidence(),
    broken=lambda: (
        story()
        .ordered()
        .heard("您已定制试用新浪的头条新闻业务,由中国移动代收,客服电话9510567,当月免信息费,退订请拨打10086。中国移动")
        .evidence()
    ),
)
