"""The reminder of an existing subscription came on a day that is not its batch's."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded
from dialtest.rules.existing_reminders import certain_from, existing_reminders, met_its_days, windows_due
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Texts of T9 that were all sent before or after the days of the subscription's batch (T8)."""
    texts, windows, certain = existing_reminders(evidence), windows_due(evidence), certain_from(evidence)
    if not texts or certain is None:
        return
    if any(opens <= text.sent_at < closes for text in texts for opens, closes in windows):
        return
    if not evidence.dialled:
        yield Untested("imported results do not hold every message")
    elif evidence.ended_at < certain:
        yield Untested("the case ended before the days of its batch were over")
    else:
        facts = {
            "sent": evidence.clock(texts[0].sent_at),
            "from": evidence.clock(windows[-1][0]),
            "until": evidence.clock(windows[-1][1]),
        }
        yield Breach(max(texts[0].first.at, windows[-1][1]), texts[0].seqs, facts)


EXISTING_REMINDER_OUTSIDE_WINDOW = Rule(
    name="existing-reminder-outside-window",
    version=1,
    title={"zh": "存量提醒不在所属批次日期", "en": "Reminder of an existing subscription on a wrong day"},
    explains={
        "zh": "存量提醒按品牌、业务类别和定购时间分25批,各批次有规定日期,以免10086话务拥塞。",
        "en": "Existing subscriptions are reminded in 25 batches by brand, kind of service and age, each on days of "
        "its own, so that 10086 is not swamped.",
    },
    message={
        "zh": "存量提醒于{sent}发出,所属批次为{from}至{until}。",
        "en": "The reminder of the existing subscription was sent at {sent}; its batch is {from} to {until}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T8",),
    needs=("subscription", "batches"),
    hindered_by=("held_before",),
    applies=met_its_days,
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(reminded(held().later(days=5))).evidence(),
)
