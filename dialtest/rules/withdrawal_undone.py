"""A withdrawn subscription that came back."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.withdrawing import had_ended, looked_after, still_active


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription shown active again after it had ended, without a new order (Q5)."""
    for wish, noted in still_active(evidence):
        ended = had_ended(evidence, wish, noted)
        if ended is not None:
            facts = {"asked": evidence.clock(wish.at), "seen": evidence.clock(noted.at)}
            yield Breach(noted.at, (wish.seq, ended, noted.seq), facts)
    if not looked_after(evidence):
        yield Untested("nobody asked what is subscribed after the withdrawal was due")


WITHDRAWAL_UNDONE = Rule(
    name="withdrawal-undone",
    version=2,
    title={"zh": "退订后被重新定购", "en": "Withdrawn subscription came back"},
    explains={
        "zh": "退订生效后,没有新的定购不得恢复定购关系。",
        "en": "What was withdrawn stays withdrawn until the customer orders again.",
    },
    message={
        "zh": "{asked}退订已生效,{seen}查询又为在用,其间没有新的定购。",
        "en": "Withdrawn at {asked} and ended; active again at {seen} without a new order.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("Q5", "Q7"),
    needs=("monthly", "wish"),
    check=check,
    clean=lambda: (
        lambda told: told.later(days=2).queried(told.row("withdrawn")).later(days=30).queried(told.row("withdrawn"))
    )(withdrawn()).evidence(),
    broken=lambda: (lambda told: told.later(days=2).queried(told.row("withdrawn")).later(days=30).queried(told.row()))(
        withdrawn()
    ).evidence(),
)
