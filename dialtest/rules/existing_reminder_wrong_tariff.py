"""The reminder of an existing subscription tells another tariff than the filed one."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded, texts
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.listings import item_of, tells_tariff
from dialtest.rules.rule import Breach, Rule

ENDS = (";", "。")


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every text of T9 that goes on after the service's name with anything but its filed tariff (T7, T9)."""
    filed = evidence.policy.tariff(evidence.service)
    for text in existing_reminders(evidence):
        if not tells_tariff(evidence, text):
            said = item_of(evidence, text)
            told = min((said.partition(end)[0] for end in ENDS), key=len)
            facts = {"told": told[:40], "filed": filed, "sent": evidence.clock(text.sent_at)}
            yield Breach(text.first.at, text.seqs, facts)


EXISTING_REMINDER_WRONG_TARIFF = Rule(
    name="existing-reminder-wrong-tariff",
    version=1,
    title={"zh": "存量提醒资费与备案不符", "en": "Reminder of an existing subscription with a wrong tariff"},
    explains={
        "zh": "存量提醒须写明每项业务的备案资费。",
        "en": "The reminder says the filed tariff of every service it names.",
    },
    message={
        "zh": "{sent}的存量提醒写“{told}”,备案资费为{filed}。",
        "en": "The reminder of {sent} says “{told}”; filed is {filed}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("T7", "T9"),
    needs=("subscription", "batches"),
    applies=lambda evidence: bool(existing_reminders(evidence)),
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(reminded(held(), [text.replace("30元", "3元") for text in texts(held())])).evidence(),
)
