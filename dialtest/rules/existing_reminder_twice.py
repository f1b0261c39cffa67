"""The reminder of an existing subscription came more than once."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Two texts of T9 that name the service, sent at different times; a copy by the network is no second one (T8)."""
    texts = existing_reminders(evidence)
    if len(texts) > 1:
        sent = "、".join(evidence.clock(text.sent_at) for text in texts)
        seqs = tuple(seq for text in texts for seq in text.seqs)
        yield Breach(texts[1].first.at, seqs, {"times": str(len(texts)), "sent": sent})


EXISTING_REMINDER_TWICE = Rule(
    name="existing-reminder-twice",
    version=1,
    title={"zh": "存量定购关系重复提醒", "en": "An existing subscription was reminded of twice"},
    explains={
        "zh": "每个存量定购关系只提醒一次,重复提醒会使10086话务量无谓增加。",
        "en": "Every existing subscription is reminded of exactly once; more makes customers call 10086 for nothing.",
    },
    message={
        "zh": "存量提醒收到{times}次:{sent}。",
        "en": "The reminder of the existing subscription came {times} times: {sent}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T8",),
    needs=("subscription", "batches"),
    applies=lambda evidence: bool(existing_reminders(evidence)),
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(reminded(reminded(held()).later(hours=3))).evidence(),
)
