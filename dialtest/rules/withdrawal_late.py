"""A withdrawal that took longer than it may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.model.observation import Change
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import withdrawn
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.withdrawing import ended_late, looked_after, wished


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A wish after which the subscription ended indeed, but not in time (Q5)."""
    for wish in wished(evidence):
        late = ended_late(evidence, wish)
        if late is not None:
            seq, seen_at, ended = late
            hours = str(evidence.terms(wish.at).withdrawal.effective_within_h)
            facts = {"asked": evidence.clock(wish.at), "ended": evidence.clock(ended), "hours": hours}
            yield Breach(seen_at, (wish.seq, seq), facts)
    if not looked_after(evidence):
        yield Untested("nobody asked what is subscribed after the withdrawal was due")


def _ended_after(hours: int) -> CaseEvidence:
    told = withdrawn()
    history = (Change(told.now + timedelta(hours=hours), "withdrawn", "hotline"),)
    return told.later(days=2).queried(told.row("withdrawn", history=history)).evidence()


WITHDRAWAL_LATE = Rule(
    name="withdrawal-late",
    version=2,
    title={"zh": "退订生效过迟", "en": "Withdrawal took effect too late"},
    explains={
        "zh": "退订须在24小时内生效;以查询显示的变更记录为准。",
        "en": "A withdrawal takes effect within 24 hours; the history that a query shows decides.",
    },
    message={
        "zh": "{asked}提出退订,{ended}才生效(应在{hours}小时内)。",
        "en": "Withdrawal was asked for at {asked} and took effect at {ended} only (due within {hours} hours).",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q5",),
    needs=("monthly", "wish"),
    check=check,
    clean=lambda: _ended_after(3),
    broken=lambda: _ended_after(28),
)
