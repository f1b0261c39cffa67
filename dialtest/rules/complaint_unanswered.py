"""A complaint the carrier did not answer within its limit."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.complaining import complaints, heard_out
from dialtest.rules.example import subscription_story
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every complaint without a message of the carrier that says what was found, sent within the limit (D7)."""
    for complaint in complaints(evidence):
        answer = complaint.answer
        facts = {
            "reference": complaint.reference,
            "complained": evidence.clock(complaint.at),
            "due": evidence.clock(complaint.answer_due_at),
        }
        if answer is not None and answer.value.sent_at > complaint.answer_due_at:
            yield Breach(answer.at, (complaint.seq, answer.seq), facts, complaint.service)
        elif answer is None and heard_out(evidence, complaint):
            seq, at = evidence.since(complaint.answer_due_at)
            yield Breach(at, (complaint.seq, seq), facts, complaint.service)
        elif answer is None:
            yield Untested("nobody waited until the answer to the complaint was due")


COMPLAINT_UNANSWERED = Rule(
    name="complaint-unanswered",
    version=2,
    title={"zh": "投诉未按时答复", "en": "Complaint not answered in time"},
    explains={
        "zh": "投诉须在规定时限内由10086短信答复核查结果,并注明投诉编号;仅告知已受理的不算答复。",
        "en": "A complaint is answered within its time limit, by a message of the carrier that names its reference and "
        "says what was found; that it was received is no answer.",
    },
    message={
        "zh": "{complained}的投诉({reference})到{due}仍未答复。",
        "en": "The complaint {reference} of {complained} was not answered by {due}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("D7", "R1"),
    needs=("complaint",),
    check=check,
    clean=lambda: subscription_story().charged(3000).complained().later(days=1).answered_complaint("correct")
    .listened(days=5).evidence(),
    broken=lambda: subscription_story().charged(3000).complained().listened(days=6).evidence(),
)  # fmt: skip
