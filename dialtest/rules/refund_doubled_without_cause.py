"""Money returned on top where the carrier's own answer says nothing was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import Complaint, complaints
from dialtest.rules.example import PER_USE, Story, story
from dialtest.rules.rule import Breach, Rule, Untested

NO_CAUSE = ("correct", "unverified")


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every return on top after an answer that the charge was right, or could not be verified, or after the days there
    are to verify it (R2, R3).

    The carrier may know more than a handset and a bill show, so its own answer is what it is held to.
    """
    for complaint in complaints(evidence):
        if not complaint.back_fen("double_return") or complaint.back_fen("goodwill"):
            continue
        if complaint.answer is None:
            yield Untested("no answer tells why the money was returned on top")
        elif complaint.bill_at is not None and (complaint.said in NO_CAUSE or _too_late(evidence, complaint)):
            facts = {
                "reference": complaint.reference,
                "on_top": evidence.policy.fee(complaint.back_fen("double_return")),
            }
            records = (complaint.seq, complaint.answer.seq, complaint.bill_seq)
            yield Breach(complaint.bill_at, records, facts, complaint.service)


def _too_late(evidence: CaseEvidence, complaint: Complaint) -> bool:
    return complaint.decided_late(timedelta(days=evidence.terms(complaint.at).refund.unverified_after_days))


def _complained() -> Story:
    return story(service=PER_USE).used().charged(200, "per_use").complained().later(days=1)


REFUND_DOUBLED_WITHOUT_CAUSE = Rule(
    name="refund-doubled-without-cause",
    version=2,
    title={"zh": "无依据双倍返还", "en": "Doubled without cause"},
    explains={
        "zh": "只有计费错误、数据不全或矛盾、无主动使用记录才双倍返还;收费无误或未能按时核实的,不得双倍返还。",
        "en": "Only a wrong billing, contradictory data or missing active use double a refund; an honest charge, or "
        "one that could not be verified in time, does not.",
    },
    message={
        "zh": "投诉{reference}收费无误或未能按时核实,却加倍返还{on_top}。",
        "en": "Nothing was found wrong in time for complaint {reference}; {on_top} was returned on top all the same.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("R2", "R3"),
    needs=("complaint", "bill"),
    check=check,
    clean=lambda: _complained().answered_complaint("correct").later(days=5).read_bill().evidence(),
    broken=lambda: _complained().answered_complaint("correct").refunded(200).refunded(200, "double_return")
    .later(days=5).read_bill().evidence(),
)  # fmt: skip
