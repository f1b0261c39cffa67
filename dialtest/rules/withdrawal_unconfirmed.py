"""A withdrawal nobody confirmed in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.active_use import Withdrawal
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import subscribed, withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import Subscription, shown
from dialtest.rules.withdrawing import confirmations, left, written_down


def applies(evidence: CaseEvidence) -> bool:
    """Something was withdrawn from, over whichever channel; what a busy hall wrote down (Q8) is confirmed later."""
    return any(not written_down(evidence, wish) for _, wish in left(evidence))


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """The first wish to leave a subscription that something shows, and no confirmation sent in time (Q4)."""
    for subscription, wish in left(evidence):
        if not written_down(evidence, wish):
            yield from _confirmed(evidence, subscription, wish)


def _confirmed(evidence: CaseEvidence, subscription: Subscription, wish: Withdrawal) -> Iterator[Breach | Untested]:
    deadline = wish.at + timedelta(seconds=evidence.terms(wish.at).withdrawal.confirmation.within_s)
    sent = confirmations(evidence, wish)
    if sent and sent[0].value.sent_at <= deadline:
        return
    if not evidence.dialled:
        yield Untested("imported results do not hold every message")
    elif not shown(evidence, subscription.order):
        yield Untested("nothing shows that there was a subscription to withdraw from")
    elif sent:
        yield Breach(sent[0].at, (wish.seq, sent[0].seq), _facts(evidence, wish, evidence.clock(sent[0].value.sent_at)))
    elif evidence.ended_at < deadline + DELIVERED_WITHIN:
        yield Untested("the case ended before a late message could have arrived")
    else:
        seq, at = evidence.since(deadline + DELIVERED_WITHIN)
        yield Breach(at, (wish.seq, seq), _facts(evidence, wish, "—"))


def _facts(evidence: CaseEvidence, wish: Withdrawal, sent: str) -> dict[str, str]:
    minutes = evidence.terms(wish.at).withdrawal.confirmation.within_s // 60
    return {"asked": evidence.clock(wish.at), "sent": sent, "minutes": str(minutes)}


WITHDRAWAL_UNCONFIRMED = Rule(
    name="withdrawal-unconfirmed",
    version=2,
    title={"zh": "退订未及时确认", "en": "Withdrawal not confirmed in time"},
    explains={
        "zh": "退订后5分钟内须发送退订确认,以短信中心时间为准。",
        "en": "A withdrawal is confirmed within five minutes; the service centre’s time stamp decides.",
    },
    message={
        "zh": "{asked}提出退订,确认发出时间:{sent}(应在{minutes}分钟内)。",
        "en": "Withdrawal was asked for at {asked}; confirmed at: {sent} (due within {minutes} minutes).",
    },
    breach="forced_subscription",
    severity="minor",
    clauses=("Q4",),
    needs=("subscription", "wish"),
    applies=applies,
    check=check,
    clean=lambda: withdrawn().listened(days=2).evidence(),
    broken=lambda: subscribed().later(hours=3).withdrew("hotline").listened(days=2).evidence(),
)
