"""A withdrawal that holds in one channel and not in another."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.same_moment import moments
from dialtest.rules.withdrawing import contradicted, looked_after


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Two channels asked at one moment after the withdrawal was due: ended in one, active in the other (Q5, Q7)."""
    for wish, active, ended in contradicted(evidence):
        facts = {
            "asked": evidence.clock(wish.at),
            "over": wish.channel,
            "seen": evidence.clock(active.at),
            "active": active.value.channel,
            "ended": ended.value.channel,
        }
        yield Breach(active.at, (wish.seq, active.seq, ended.seq), facts)
    if not looked_after(evidence):
        yield Untested("nobody asked what is subscribed after the withdrawal was due")


WITHDRAWAL_NOT_EVERYWHERE = Rule(
    name="withdrawal-not-everywhere",
    version=2,
    title={"zh": "退订未在所有渠道生效", "en": "Withdrawal does not hold everywhere"},
    explains={
        "zh": "通过任一渠道退订,24小时后在所有渠道均须为已退订。",
        "en": "A withdrawal over any channel holds in all of them 24 hours later.",
    },
    message={
        "zh": "{asked}通过{over}退订;{seen}查询,{ended}显示已退订,{active}仍显示在用。",
        "en": "Withdrawn over {over} at {asked}; at {seen} {ended} shows it ended and {active} shows it active.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q5", "Q7", "Q1"),
    needs=("dialled", "monthly", "wish"),
    applies=lambda evidence: bool(moments(evidence)),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row("withdrawn")).queried(told.row("withdrawn"), channel="web"))(
        withdrawn().later(days=2)
    ).evidence(),
    broken=lambda: (lambda told: told.queried(told.row("withdrawn")).queried(told.row(), channel="web"))(
        withdrawn().later(days=2)
    ).evidence(),
)
