"""Which receipt belongs to which charge, in markets that have receipts."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.observation import Charge, Message
from dialtest.policy.wording import says
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared

Receipted = tuple[tuple[Noted[Charge], Noted[Message] | None, bool], ...]

ON_ITS_WAY = timedelta(hours=2)
"""How long a message may be under way round an outage before its absence means anything (ours)."""


@shared
def receipted(evidence: CaseEvidence) -> Receipted:
    """Every charge of the dialled service that owes a receipt; its receipt, if any; whether absence can be judged.

    Charges from before the case are left out: nobody was there to see their receipts. A charge made so late that its
    receipt could still come, and everything in an imported case, cannot be judged by absence.
    """
    given = _given(evidence)
    found = []
    for noted in evidence.own_charges:
        receipt = evidence.terms(noted.value.charged_at).receipt
        if receipt is not None and noted.value.charged_at >= evidence.opened.at:
            must_be_there = noted.value.charged_at + timedelta(seconds=receipt.within_s) + ON_ITS_WAY
            heard_out = evidence.dialled and evidence.ended_at >= must_be_there
            found.append((noted, given.get(id(noted)), heard_out))
    return tuple(found)


def _given(evidence: CaseEvidence) -> dict[int, Noted[Message]]:
    """Charge → its receipt. A receipt counts for one charge, first for one of the amount it names.

    It is recognised by the policy's opening words and the service's name; its service-centre stamp, not its arrival,
    decides whether it came in time.
    """
    given: dict[int, Noted[Message]] = {}
    left = _receipts(evidence)
    for by_amount in (True, False):
        for noted in evidence.own_charges:
            receipt = evidence.terms(noted.value.charged_at).receipt
            if receipt is None or id(noted) in given:
                continue
            opens_s = noted.value.charged_at.timestamp()  # real seconds: a clock may leap between charge and receipt
            fee = evidence.policy.fee(noted.value.fee_fen)
            for message in left:
                after_s = message.value.sent_at.timestamp() - opens_s
                if 0 <= after_s <= receipt.within_s and (not by_amount or says(message.value.text, fee)):
                    given[id(noted)] = message
                    left.remove(message)
                    break
    return given


def _receipts(evidence: CaseEvidence) -> list[Noted[Message]]:
    receipt = evidence.market.receipt
    if receipt is None:
        return []
    return [noted for noted in evidence.marked(receipt.text) if evidence.service.name in noted.value.text]
