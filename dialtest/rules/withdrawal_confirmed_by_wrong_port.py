"""A withdrawal confirmed from a port that is closed for it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed, withdrawn
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every confirmation from another port than the terms in force when it was sent allow (T6)."""
    for noted in evidence.withdrawal_confirmations:
        message = noted.value
        senders = evidence.terms(message.sent_at).withdrawal.confirmation.senders
        allowed = senders or (evidence.service.access_number,)
        if message.sender not in allowed:
            facts = {
                "sent": evidence.clock(message.sent_at),
                "sender": message.sender,
                "allowed": "、".join(allowed),
            }
            yield Breach(noted.at, (noted.seq,), facts)


WITHDRAWAL_CONFIRMED_BY_WRONG_PORT = Rule(
    name="withdrawal-confirmed-by-wrong-port",
    version=1,
    title={"zh": "退订确认发自错误端口", "en": "Withdrawal confirmed from a wrong port"},
    explains={
        "zh": "退订确认只能由10086发送;2006年9月30日前也可由1862发送。",
        "en": "Withdrawals are confirmed from 10086; until 2006-09-30 from 1862 too.",
    },
    message={
        "zh": "退订确认{sent}由{sender}发出,应由{allowed}发出。",
        "en": "The confirmation was sent at {sent} from {sender}; it may come from {allowed}.",
    },
    breach="forced_subscription",
    severity="minor",
    clauses=("T6", "Q4"),
    needs=("withdrawal_confirmation",),
    check=check,
    clean=lambda: withdrawn().evidence(),
    broken=lambda: subscribed().later(hours=3).withdrew("hotline").confirmed_withdrawal(sender="10655001").evidence(),
)
