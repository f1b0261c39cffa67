"""A list by SMS that does not come from the carrier."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.dialogue import answers
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every list that answers the query command from another port than the terms of that moment name (T6, Q7)."""
    for request in evidence.list_requests:
        terms = evidence.terms(request.at).short_code
        for noted in answers(evidence.messages, request.at, terms)[:1] if terms else ():
            in_force = evidence.terms(noted.value.sent_at).short_code
            allowed = in_force.answer.senders if in_force else ()
            if noted.value.sender not in allowed:
                facts = {
                    "sent": evidence.clock(noted.value.sent_at),
                    "sender": noted.value.sender,
                    "allowed": "、".join(allowed),
                }
                yield Breach(noted.at, (request.seq, noted.seq), facts)


LIST_FROM_WRONG_PORT = Rule(
    name="list-from-wrong-port",
    version=1,
    title={"zh": "短信查询答复发自错误端口", "en": "List by SMS from a wrong port"},
    explains={
        "zh": "查询指令的答复只能由10086发送。",
        "en": "The list that answers the query command comes from 10086 alone.",
    },
    message={
        "zh": "查询答复{sent}由{sender}发出,应由{allowed}发出。",
        "en": "The list was sent at {sent} from {sender}; it may come from {allowed}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T6", "Q7"),
    needs=("list_request",),
    check=check,
    clean=lambda: subscribed().later(hours=1).asked_for_list().listed().evidence(),
    broken=lambda: subscribed().later(hours=1).asked_for_list().listed(sender="10655001").evidence(),
)
