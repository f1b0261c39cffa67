"""A reminder from a port that is closed for reminders."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Message
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story, subscribed
from dialtest.rules.noted import Noted
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every reminder from another port than the terms in force when it was sent allow (T6)."""
    for number, noted in _numbered(evidence):
        message = noted.value
        terms = evidence.terms(message.sent_at)
        reminder = terms.first_reminder if number == "1" else terms.second_reminder
        if reminder is not None:
            allowed = reminder.senders or (evidence.service.access_number,)
            if message.sender not in allowed:
                facts = {
                    "number": number,
                    "sent": evidence.clock(message.sent_at),
                    "sender": message.sender,
                    "allowed": "、".join(allowed),
                }
                yield Breach(noted.at, (noted.seq,), facts)


def _numbered(evidence: CaseEvidence) -> Iterator[tuple[str, Noted[Message]]]:
    for noted in evidence.first_reminders:
        yield "1", noted
    for noted in evidence.second_reminders:
        yield "2", noted


REMINDER_FROM_WRONG_PORT = Rule(
    name="reminder-from-wrong-port",
    version=1,
    title={"zh": "提醒发自错误端口", "en": "Reminder from a wrong port"},
    explains={
        "zh": "提醒只能由10086发送;2006年9月30日前第一次提醒也可由1862发送。",
        "en": "Reminders come from 10086; until 2006-09-30 the first reminder may come from 1862 too.",
    },
    message={
        "zh": "第{number}次提醒{sent}由{sender}发出,应由{allowed}发出。",
        "en": "Reminder {number} was sent at {sent} from {sender}; it may come from {allowed}.",
    },
    breach="forced_subscription",
    severity="minor",
    clauses=("T6",),
    needs=("reminder",),
    check=check,
    clean=lambda: subscribed().evidence(),
    broken=lambda: story().ordered().reminded_first(sender="10655001").evidence(),
)
