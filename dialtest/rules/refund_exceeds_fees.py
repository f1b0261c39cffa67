"""More came back for a complaint than was ever charged, or more on top of it than was wrong."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import RETURNS, complaints
from dialtest.rules.example import Story, subscription_story
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every complaint that brought back more than all fees of its service on the bill, or, where the charge was found
    wrong, more on top than the policy's share of what came back (R2).

    The carrier may find more wrong than a handset and a bill show, never more than was charged; imported results do
    not hold every charge. What came on top without cause, or of goodwill, other rules judge.
    """
    for complaint in complaints(evidence):
        if complaint.bill_at is None:
            continue
        back_fen, on_top_fen = complaint.back_fen(*RETURNS), complaint.back_fen("double_return")
        most_fen = min(back_fen, max(complaint.billed_fen, 0)) if evidence.dialled else back_fen
        most_on_top_fen = on_top_fen
        if complaint.said == "wrong":
            most_on_top_fen = most_fen * (evidence.terms(complaint.at).refund.wrong_multiple - 1)
        if back_fen > most_fen or on_top_fen > most_on_top_fen:
            facts = {
                "reference": complaint.reference,
                "fees": evidence.policy.fee(max(complaint.billed_fen, 0)),
                "most": evidence.policy.fee(most_fen + most_on_top_fen),
                "back": evidence.policy.fee(back_fen + on_top_fen),
            }
            yield Breach(complaint.bill_at, (complaint.seq, complaint.bill_seq), facts, complaint.service)


def _upheld() -> Story:
    return subscription_story().charged(5000).complained().later(days=1).answered_complaint().refunded(2000)


REFUND_EXCEEDS_FEES = Rule(
    name="refund-exceeds-fees",
    version=1,
    title={"zh": "多退费用", "en": "More refunded than owed"},
    explains={
        "zh": "退还的不得多于已收的信息费,加倍返还的不得多于退还的。",
        "en": "No more comes back than was charged, and no more on top of it than the same amount again.",
    },
    message={
        "zh": "投诉{reference}:已收信息费{fees},至多退还并返还{most},实得{back}。",
        "en": "Complaint {reference}: with {fees} of fees charged, {most} could come back at most; {back} came.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("R2", "R4"),
    needs=("complaint", "bill"),
    check=check,
    clean=lambda: _upheld().refunded(2000, "double_return").later(days=5).read_bill().evidence(),
    broken=lambda: _upheld().refunded(4000, "double_return").later(days=5).read_bill().evidence(),
)  # fmt: skip
