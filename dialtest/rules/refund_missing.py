"""A wrong charge that was complained of and did not come back."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import complaints, due
from dialtest.rules.example import subscription_story
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every complaint about charges the case itself shows wrong that brought less back than was wrong (R1, R4).

    Where all fees were asked for, they are due; whatever the lines of the bill call it, money back is money back.
    """
    for complaint in complaints(evidence):
        owed_fen = due(evidence, complaint).refund_fen
        back_fen = complaint.back_fen("refund", "all_fees", "double_return", "goodwill")
        if back_fen >= owed_fen:
            continue
        if not complaint.paid_up or complaint.bill_at is None:
            yield Untested("no bill was read after the refund was due")
            continue
        facts = {
            "reference": complaint.reference,
            "complained": evidence.clock(complaint.at),
            "due": evidence.policy.fee(owed_fen),
            "back": evidence.policy.fee(back_fen),
        }
        records = (complaint.seq, *(wrong.charge.seq for wrong in complaint.about), complaint.bill_seq)
        yield Breach(complaint.bill_at, records, facts, complaint.service, complaint.about)


REFUND_MISSING = Rule(
    name="refund-missing",
    version=1,
    title={"zh": "错收费用投诉后未退", "en": "Wrong charge not refunded"},
    explains={
        "zh": "用户投诉的费用确属错收的,须在时限内退还(首选充入话费账户);用户要求的,退还定购以来全部费用。",
        "en": "What was charged wrongly and complained of comes back in time, as a top-up; all fees since the order "
        "where the customer asks for them.",
    },
    message={
        "zh": "{complained}投诉({reference}),应退{due},实退{back}。",
        "en": "Complained at {complained} ({reference}): {due} was due back, {back} came.",
    },
    breach="carrier_duty",
    severity="critical",
    clauses=("R1", "R2", "R4"),
    needs=("complaint", "bill"),
    check=check,
    clean=lambda: subscription_story().charged(5000).complained().later(days=1).answered_complaint()
    .refunded(2000).refunded(2000, "double_return").later(days=5).read_bill().evidence(),
    broken=lambda: subscription_story().charged(5000).complained().later(days=1).answered_complaint()
    .later(days=5).read_bill().evidence(),
)  # fmt: skip
