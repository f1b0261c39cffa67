"""A refund without the return on top of it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import complaints, due
from dialtest.rules.example import subscription_story
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every complaint decided in time whose wrong amount came back, and less on top of it than is due (R2).

    Decided later than the policy's days it is a refund only (R3); where nothing came back, another rule says so.
    """
    for complaint in complaints(evidence):
        owed = due(evidence, complaint)
        wrong_fen = sum(wrong.fen for wrong in complaint.about)
        on_top_fen = complaint.back_fen("refund", "all_fees", "double_return", "goodwill") - owed.refund_fen
        if not owed.on_top_fen or on_top_fen >= owed.on_top_fen or on_top_fen < 0:
            continue
        if not complaint.paid_up or complaint.bill_at is None:
            yield Untested("no bill was read after the refund was due")
            continue
        facts = {
            "reference": complaint.reference,
            "wrong": evidence.policy.fee(wrong_fen),
            "due": evidence.policy.fee(owed.total_fen),
            "back": evidence.policy.fee(owed.refund_fen + on_top_fen),
        }
        records = (complaint.seq, *(wrong.charge.seq for wrong in complaint.about), complaint.bill_seq)
        yield Breach(complaint.bill_at, records, facts, complaint.service, complaint.about)


REFUND_NOT_DOUBLED = Rule(
    name="refund-not-doubled",
    version=1,
    title={"zh": "应双倍返还而未双倍返还", "en": "Refund not doubled"},
    explains={
        "zh": "计费错误、数据不全或矛盾、无主动使用记录的,在3日内核实的须双倍返还。",
        "en": "Where the billing was wrong, the data contradict each other, or nothing shows active use, and that was "
        "verified within three days, the wrong amount is returned once more on top of the refund.",
    },
    message={
        "zh": "投诉{reference}:错收{wrong},应退并返还{due},实得{back}。",
        "en": "Complaint {reference}: {wrong} was wrong and {due} due back in all, {back} came.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("R2", "R3"),
    needs=("complaint", "bill"),
    check=check,
    clean=lambda: subscription_story().charged(5000).complained().later(days=4).answered_complaint("unverified", 5000)
    .refunded(5000).later(days=2).read_bill().evidence(),
    broken=lambda: subscription_story().charged(5000).complained().later(days=1).answered_complaint()
    .refunded(2000).later(days=5).read_bill().evidence(),
)  # fmt: skip
