"""A withdrawal that changed nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.withdrawing import ended_late, had_ended, looked_after, still_active


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription shown active after it must have ended, that nothing ever showed ended, then or later (Q5)."""
    for wish, noted in still_active(evidence):
        if had_ended(evidence, wish, noted) is None and ended_late(evidence, wish) is None:
            facts = {"asked": evidence.clock(wish.at), "seen": evidence.clock(noted.at)}
            yield Breach(noted.at, (wish.seq, noted.seq), facts)
    if not looked_after(evidence):
        yield Untested("nobody asked what is subscribed after the withdrawal was due")


WITHDRAWAL_IGNORED = Rule(
    name="withdrawal-ignored",
    version=3,
    title={"zh": "退订无效", "en": "Withdrawal ignored"},
    explains={
        "zh": "退订须在24小时内生效。",
        "en": "A withdrawal takes effect within 24 hours.",
    },
    message={
        "zh": "{asked}提出退订,{seen}查询仍为在用。",
        "en": "Withdrawal was asked for at {asked}; the subscription was still active at {seen}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("Q5", "Q7"),
    needs=("monthly", "wish"),
    check=check,
    clean=lambda: (lambda told: told.later(days=2).queried(told.row("withdrawn")))(withdrawn()).evidence(),
    broken=lambda: (lambda told: told.later(days=2).queried(told.row()))(withdrawn()).evidence(),
)
