"""A goodwill refund that was doubled."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import complaints
from dialtest.rules.example import PER_USE, Story, story
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every complaint with goodwill and a return on top of it (R4)."""
    for complaint in complaints(evidence):
        goodwill_fen, on_top_fen = complaint.back_fen("goodwill"), complaint.back_fen("double_return")
        if goodwill_fen and on_top_fen and complaint.bill_at is not None:
            facts = {
                "reference": complaint.reference,
                "goodwill": evidence.policy.fee(goodwill_fen),
                "on_top": evidence.policy.fee(on_top_fen),
            }
            yield Breach(complaint.bill_at, (complaint.seq, complaint.bill_seq), facts, complaint.service)


def _complained() -> Story:
    told = story(service=PER_USE).used().charged(200, "per_use").complained().later(days=1)
    return told.answered_complaint("goodwill", 200).refunded(200, "goodwill")


GOODWILL_DOUBLED = Rule(
    name="goodwill-doubled",
    version=1,
    title={"zh": "慰问退费被双倍返还", "en": "Goodwill doubled"},
    explains={
        "zh": "不属于应退费用而由分公司酌情慰问的,不得双倍返还。",
        "en": "Where nothing is due a branch may give goodwill, and never twice the amount.",
    },
    message={
        "zh": "投诉{reference}:慰问{goodwill},又加倍返还{on_top}。",
        "en": "Complaint {reference}: goodwill of {goodwill}, and {on_top} on top of it.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("R4",),
    needs=("complaint", "bill"),
    check=check,
    clean=lambda: _complained().later(days=5).read_bill().evidence(),
    broken=lambda: _complained().refunded(200, "double_return").later(days=5).read_bill().evidence(),
)
