"""The reminder before the first charge leaves out what the customer must know, or tells it untrue."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.policy.wording import says
from dialtest.rules.assembled import Assembled
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import Story, subscribed, subscription_story
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.listings import naming, tells_tariff
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """No reminder 2 of the case that came whole and says tariff and way out as filed and prescribed (T4, T7)."""
    reminders = [text for text in naming(evidence) if text not in existing_reminders(evidence)]
    lacking = [(_lacking(evidence, text), text) for text in reminders]
    if not lacking or not all(missing for missing, _ in lacking):
        return
    missing, text = lacking[0]
    if text.whole:
        seq, at = text.parts[-1].seq, text.parts[-1].at
    elif not evidence.dialled:
        yield Untested("imported results do not hold every message")
        return
    elif evidence.ended_at < text.sent_at + DELIVERED_WITHIN:
        yield Untested("the case ended before the other parts can be called missing")
        return
    else:
        seq, at = evidence.since(text.sent_at + DELIVERED_WITHIN)
    facts = {"sent": evidence.clock(text.sent_at), "came": str(len(text.parts)), "of": str(text.of), "missing": missing}
    yield Breach(at, tuple(dict.fromkeys((*text.seqs, seq))), facts)


def _lacking(evidence: CaseEvidence, text: Assembled) -> str:
    """The words that should be there and are not, or the number of parts."""
    reminder = evidence.terms(text.sent_at).second_reminder
    if reminder is None:
        return ""
    if not text.whole:
        return f"{text.of - len(text.parts)}/{text.of}"
    lacking = [words for words in (reminder.opening, reminder.text) if not says(text.text, words)]
    if not tells_tariff(evidence, text):
        lacking.append(evidence.policy.tariff(evidence.service))
    return "、".join(lacking)


def _reminded(text: str) -> Story:
    told = subscribed().to_next_first().later(days=-10)
    return told.heard(text).later(days=2)


SECOND_REMINDER_INCOMPLETE = Rule(
    name="second-reminder-incomplete",
    version=1,
    title={"zh": "第二次提醒内容不全或不实", "en": "Second reminder incomplete or untrue"},
    explains={
        "zh": "第二次提醒须写明每项业务的备案资费、本月内退定下月不再收费,以及退订方法;分条发送的,各条都须发出。",
        "en": "The second reminder says the filed tariff of every service, that who withdraws this month is not "
        "charged, and how to withdraw; where it is sent in parts, none may be missing.",
    },
    message={
        "zh": "{sent}的第二次提醒共{of}条,收到{came}条,缺少“{missing}”。",
        "en": "Of the second reminder of {sent}, {came} of {of} parts came; it does not say “{missing}”.",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("T4", "T7"),
    needs=("subscription", "second_reminder"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: subscription_story().evidence(),
    broken=lambda: _reminded(
        "中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻短信业务,信息费30元/月。本月内退定下月不再收费"
    ).evidence(),
)
