"""A withdrawal that was refused."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.active_use import Withdrawal
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed, withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import shown
from dialtest.rules.withdrawing import ordered_again, wished


def applies(evidence: CaseEvidence) -> bool:
    """A withdrawal from a subscription was asked for over a channel that answers."""
    return evidence.monthly and any(wish.accepted is not None for wish in evidence.withdrawals)


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every refusal while the subscription was there (Q7)."""
    for wish in evidence.withdrawals:
        if wish.accepted is False and not _ended_by(evidence, wish):
            ordered = [order for order in evidence.orders if (order.asked_at, order.seq) < (wish.at, wish.seq)]
            if ordered and shown(evidence, ordered[-1]):
                facts = {"asked": evidence.clock(wish.at), "channel": wish.channel}
                yield Breach(wish.at, (wish.seq,), facts)
            else:
                yield Untested("nothing shows that there was a subscription to withdraw from")


def _ended_by(evidence: CaseEvidence, refused: Withdrawal) -> bool:
    """Whether an earlier wish had been taken already: then there was nothing left to withdraw from."""
    before = (wish for wish in wished(evidence) if (wish.at, wish.seq) < (refused.at, refused.seq))
    return any(not ordered_again(evidence, wish, refused.at) for wish in before)


WITHDRAWAL_REFUSED = Rule(
    name="withdrawal-refused",
    version=2,
    title={"zh": "拒绝退订", "en": "Withdrawal refused"},
    explains={
        "zh": "用户可以通过任一渠道退订,不得拒绝。",
        "en": "A customer may withdraw over every channel; none may refuse.",
    },
    message={
        "zh": "{asked}通过{channel}退订被拒绝。",
        "en": "At {asked} the withdrawal over {channel} was refused.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("Q7",),
    needs=("monthly", "withdrawal"),
    applies=applies,
    check=check,
    clean=lambda: withdrawn().evidence(),
    broken=lambda: subscribed().later(hours=3).withdrew("hotline", accepted=False).evidence(),
)
