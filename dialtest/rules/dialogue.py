"""Reads the SMS dialogue over the carrier's short code (Q7, T9): when the list was asked for, which reply withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialtest.model.observation import Message
from dialtest.model.service import Service
from dialtest.policy.numbered_list import PART, number_in
from dialtest.policy.policy import Policy
from dialtest.policy.terms import ShortCodeTerms
from dialtest.rules.active_use import Elsewhere, Withdrawal
from dialtest.rules.noted import Noted

PARTS_WITHIN = timedelta(minutes=5)  # (ours) parts of one list are sent this close together


class Dialogue:
    """requests: query commands sent to an open port of the short code. withdrawals: wishes sent there for `service`,
    by its number in the last list sent before, or by the word for all.
    """

    __slots__ = ("requests", "withdrawals")

    def __init__(
        self, sent: Sequence[Elsewhere], messages: Sequence[Noted[Message]], service: Service, policy: Policy
    ) -> None:
        self.requests: list[Elsewhere] = []
        self.withdrawals: list[Withdrawal] = []
        for one in sent:
            terms = policy.terms(one.at).short_code
            if terms is None or one.to not in terms.ports:
                continue
            if one.text == policy.query_command.upper():
                self.requests.append(one)
            elif one.text == terms.withdraw_all.upper() or one.text == _number(one, messages, service, policy, terms):
                self.withdrawals.append(Withdrawal(one.seq, one.at, "sms", None))


def answers(messages: Sequence[Noted[Message]], asked_at: datetime, terms: ShortCodeTerms) -> list[Noted[Message]]:
    """The first list sent after `asked_at`, all parts that came of it; or the word that nothing is held."""
    after = [noted for noted in messages if noted.value.sent_at >= asked_at]
    opening = next((noted for noted in after if _opens(noted.value.text, terms)), None)
    if opening is None:
        return []
    first = opening.value
    marks = PART.match(first.text)
    parts = [opening]
    for noted in after if marks else ():
        part, sent = PART.match(noted.value.text), noted.value
        alike = part and marks and part[2] == marks[2] and sent.sender == first.sender
        if alike and noted is not opening and abs(sent.sent_at - first.sent_at) <= PARTS_WITHIN:
            parts.append(noted)
    return parts


def _opens(text: str, terms: ShortCodeTerms) -> bool:
    return terms.answer.opening in text or terms.nothing_held in text


def _number(
    reply: Elsewhere, messages: Sequence[Noted[Message]], service: Service, policy: Policy, terms: ShortCodeTerms
) -> str:
    """The service's number in the last list before the reply."""
    before = (noted.value.text for noted in reversed(messages) if noted.at <= reply.at)
    return next(filter(None, (number_in([text], policy, terms.answer, service) for text in before)), "")
