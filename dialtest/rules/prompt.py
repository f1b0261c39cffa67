"""Which messages ask for the second yes to an order, in markets that have one."""

from __future__ import annotations

import re
from datetime import timedelta

from dialtest.model.observation import Message
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared

ASKED_WITHIN = timedelta(minutes=30)


@shared
def prompts(evidence: CaseEvidence) -> list[Noted[Message]]:
    """The messages from the service's port that name the word of the second yes, between the order and the yes.

    Known by that word rather than by the policy's template, since a dishonest prompt has other words.
    """
    found: list[Noted[Message]] = []
    for order in evidence.orders:
        terms = evidence.terms(order.asked_at).order
        if terms.confirmation != "reply" or order.use:
            continue
        until = order.at if order.confirmed else order.asked_at + ASKED_WITHIN
        word = re.compile(rf"\b{re.escape(terms.confirm_keyword)}\b", re.IGNORECASE)
        for noted in evidence.messages:
            message = noted.value
            in_time = order.asked_at <= message.sent_at <= until
            if in_time and message.sender == evidence.service.access_number and word.search(message.text):
                found.append(noted)
    return found


def has_prompt(evidence: CaseEvidence) -> bool:
    """Whether an order was answered by a prompt at all."""
    return bool(prompts(evidence))
