"""What became of each complaint of a case: its answer, the money that came back, and what was due (D7, R1–R4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dialtest.evidence.record import Outcome
from dialtest.model.act import Complain
from dialtest.model.observation import Charge, Complained, Message, Refund
from dialtest.policy.refund import NOTHING_DUE, PAID_AFTER_H, RefundDue, refund_due
from dialtest.policy.terms import ComplaintTerms
from dialtest.policy.wording import marker
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared
from dialtest.rules.wrong_charge import WrongCharge
from dialtest.rules.wrong_charges import wrong_charges

AnswerKind = Literal["wrong", "unverified", "correct", "goodwill"]
ANSWERS: tuple[AnswerKind, ...] = ("wrong", "unverified", "correct", "goodwill")

Kind = Literal["refund", "double_return", "goodwill", "all_fees"]
RETURNS: tuple[Kind, ...] = ("refund", "all_fees")
"""The lines of a bill that give fees back; the others give on top of them."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint the carrier took, and everything the case shows of what came of it.

    `about` are the wrong charges of its service since the complaint before it. `fees_fen` are all of its charges that
    the case saw made up to then, `billed_fen` all on the last bill, both less what earlier complaints brought back of
    them. `bill_at` is when that bill was read, and `bill_seq` its record.
    """

    seq: int
    at: datetime
    act: Complain
    reference: str
    terms: ComplaintTerms
    answer: Noted[Message] | None
    refunds: tuple[Refund, ...]
    about: tuple[WrongCharge, ...]
    fees_fen: int
    billed_fen: int
    bill_at: datetime | None
    bill_seq: int

    @property
    def service(self) -> tuple[str, str]:
        return (self.act.provider_code, self.act.service_code)

    @property
    def answer_due_at(self) -> datetime:
        return self.at + timedelta(hours=self.terms.answer_within_h)

    @property
    def paid_up(self) -> bool:
        """Whether a bill was read after the money had to be there."""
        return self.bill_at is not None and self.bill_at > self.at + timedelta(hours=self.terms.paid_within_h)

    @property
    def said(self) -> AnswerKind | None:
        """Which of its four answers the carrier gave; None when none was seen."""
        if self.answer is None:
            return None
        return _kind(self.answer.value.text, self.terms)

    @property
    def decided_by(self) -> datetime | None:
        """The latest the case knows the decision was made: whatever of answer and money came first."""
        times = [refund.at for refund in self.refunds]
        if self.answer is not None:
            times.append(self.answer.value.sent_at)
        return min(times, default=None)

    def decided_late(self, after: timedelta) -> bool:
        """Whether the decision certainly came more than `after` the complaint: word and money follow in hours."""
        return self.decided_by is not None and self.decided_by - self.at > after + timedelta(hours=PAID_AFTER_H)

    def back_fen(self, *kinds: Kind) -> int:
        """What came back for it, of these kinds."""
        return sum(refund.amount_fen for refund in self.refunds if refund.kind in kinds)


@shared
def complaints(evidence: CaseEvidence) -> list[Complaint]:
    """Every complaint of the case, oldest first."""
    made = [outcome for outcome in evidence.done if type(outcome.result) is Complained]
    found: list[Complaint] = []
    for outcome in made:
        terms = evidence.terms(outcome.at).complaint
        if isinstance(outcome.act, Complain) and isinstance(outcome.result, Complained) and terms is not None:
            found.append(_complaint(evidence, outcome, outcome.act, outcome.result, terms, found))
    return found


def _complaint(
    evidence: CaseEvidence,
    outcome: Outcome,
    act: Complain,
    taken: Complained,
    terms: ComplaintTerms,
    before: list[Complaint],
) -> Complaint:
    bill = evidence.last_bill
    billed, refunds = (bill.value.charges, bill.value.refunds) if bill is not None else ((), ())
    service = (act.provider_code, act.service_code)
    earlier = [one for one in before if one.service == service]
    charges = [noted for noted in evidence.charges if _is_about(noted.value, service, taken.at)]
    ours = {id(noted) for noted in charges if all(noted.value.charged_at > one.at for one in earlier)}
    returned_fen = sum(one.back_fen(*RETURNS) for one in earlier)
    return Complaint(
        outcome.seq,
        taken.at,
        act,
        taken.reference,
        terms,
        _answer(evidence, taken.reference, terms),
        tuple(refund for refund in refunds if refund.reference == taken.reference),
        tuple(wrong for wrong in wrong_charges(evidence) if id(wrong.charge) in ours),
        sum(noted.value.fee_fen for noted in charges) - returned_fen,
        sum(charge.fee_fen for charge in billed if _is_about(charge, service, taken.at)) - returned_fen,
        bill.at if bill is not None else None,
        bill.seq if bill is not None else outcome.seq,
    )


def _is_about(charge: Charge, service: tuple[str, str], until: datetime) -> bool:
    return (charge.provider_code, charge.service_code) == service and charge.charged_at <= until


def _answer(evidence: CaseEvidence, reference: str, terms: ComplaintTerms) -> Noted[Message] | None:
    """The first message from a port of the carrier that names the reference and says what was found: that a complaint
    was received is no answer to it.
    """
    for noted in evidence.messages:
        message = noted.value
        if reference in message.text and message.sender in terms.senders and _kind(message.text, terms) is not None:
            return noted
    return None


def _kind(text: str, terms: ComplaintTerms) -> AnswerKind | None:
    return next((kind for kind in ANSWERS if text.startswith(marker(getattr(terms, kind)))), None)


def due(evidence: CaseEvidence, complaint: Complaint) -> RefundDue:
    """What the case itself shows to be due for a complaint, by the policy (R2, R3, R4).

    Whether it was verified in time is known by when it was decided. Not decided at all: the wrong amount alone.
    """
    terms = evidence.terms(complaint.at).refund
    decided = complaint.decided_by
    took = decided - complaint.at if decided is not None else None
    owed = sum((refund_due(terms, one.fen, one.ground, took) for one in complaint.about), NOTHING_DUE)
    if owed.refund_fen and complaint.act.wants == "all_fees":
        return RefundDue(max(owed.refund_fen, complaint.fees_fen), owed.on_top_fen)
    return owed


def heard_out(evidence: CaseEvidence, complaint: Complaint) -> bool:
    """Whether the case went on until an answer sent in time must have arrived."""
    return evidence.dialled and evidence.ended_at >= complaint.answer_due_at + DELIVERED_WITHIN
