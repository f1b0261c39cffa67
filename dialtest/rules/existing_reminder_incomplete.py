"""The reminder of an existing subscription lacks a part, or a way out."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.assembled import Assembled
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded, texts
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every text of T9 of which numbered parts never came, or that does not end with both ways out (T7, T9)."""
    for text in existing_reminders(evidence):
        lacking = _lacking(evidence, text)
        if not lacking:
            continue
        if not evidence.dialled:
            yield Untested("imported results do not hold every message")
        elif evidence.ended_at < text.sent_at + DELIVERED_WITHIN:
            yield Untested("the case ended before the other parts can be called missing")
        else:
            facts = {
                "sent": evidence.clock(text.sent_at),
                "came": str(len(text.parts)),
                "of": str(text.of),
                "missing": lacking,
            }
            seq, at = evidence.since(text.sent_at + DELIVERED_WITHIN)
            yield Breach(at, (*text.seqs, seq), facts)


def _lacking(evidence: CaseEvidence, text: Assembled) -> str:
    """The words of the ends that should be there and are not, or the numbers of the parts."""
    reminder, batches = evidence.terms(text.sent_at).second_reminder, evidence.policy.batches
    if reminder is None or batches is None:
        return ""
    if not text.whole:
        return f"{text.of - len(text.parts)}/{text.of}"
    wanted = (reminder.opening, reminder.text + batches.terms.extra_text)
    return "、".join(words for words in wanted if words not in text.text)


EXISTING_REMINDER_INCOMPLETE = Rule(
    name="existing-reminder-incomplete",
    version=1,
    title={"zh": "存量提醒内容不全", "en": "Incomplete reminder of an existing subscription"},
    explains={
        "zh": "存量提醒须收齐全部分条,并写明两种退订方法:拨打10086,发“0000”到10086。",
        "en": "All numbered parts of the reminder come, and it names both ways out: calling 10086, and 0000 to 10086.",
    },
    message={
        "zh": "{sent}的存量提醒收到{came}条(共{of}条),缺少:{missing}。",
        "en": "Of the reminder of {sent}, {came} of {of} parts came; missing: {missing}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("T7", "T9"),
    needs=("subscription", "batches"),
    applies=lambda evidence: bool(existing_reminders(evidence)),
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(reminded(held(), texts(held())[:-1])).evidence(),
)
