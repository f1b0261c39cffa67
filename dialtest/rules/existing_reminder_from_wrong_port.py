"""The reminder of an existing subscription came from another port than 10086."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every text of T9 from a port that reminder 2 may not come from either (T6)."""
    for text in existing_reminders(evidence):
        reminder, message = evidence.terms(text.sent_at).second_reminder, text.first.value
        if reminder is not None and reminder.senders and message.sender not in reminder.senders:
            facts = {
                "sent": evidence.clock(text.sent_at),
                "sender": message.sender,
                "allowed": "、".join(reminder.senders),
            }
            yield Breach(text.first.at, text.seqs, facts)


EXISTING_REMINDER_FROM_WRONG_PORT = Rule(
    name="existing-reminder-from-wrong-port",
    version=1,
    title={"zh": "存量提醒发自错误端口", "en": "Reminder of an existing subscription from a wrong port"},
    explains={
        "zh": "存量提醒只能由10086发送。",
        "en": "Reminders of existing subscriptions come from 10086 alone.",
    },
    message={
        "zh": "存量提醒{sent}由{sender}发出,应由{allowed}发出。",
        "en": "The reminder of the existing subscription was sent at {sent} from {sender}; it may come from {allowed}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T6", "T8"),
    needs=("subscription", "batches"),
    applies=lambda evidence: bool(existing_reminders(evidence)),
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(reminded(held(), sender="1862")).evidence(),
)
