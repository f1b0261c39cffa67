"""A list by SMS that leaves out what is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.policy.numbered_list import missing_parts, number_in
from dialtest.rules.active_use import Elsewhere
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.dialogue import answers
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule, Untested

HELD_WITHIN = timedelta(hours=1)  # (ours) a screen this close to the list tells what is held


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every list that does not name the service, though a screen showed it active just before or after (Q7)."""
    for request in evidence.list_requests:
        terms = evidence.terms(request.at).short_code
        came = answers(evidence.messages, request.at, terms) if terms else []
        if not came or terms is None:
            continue
        texts = [noted.value.text for noted in came]
        if number_in(texts, evidence.policy, terms.answer, evidence.service):
            continue
        held = _shown_held(evidence, request)
        if held is None:
            yield Untested("no screen showed at that time whether the service was held")
        elif missing_parts(texts):
            yield Untested("not every part of the list arrived")
        elif held:
            seqs = tuple(noted.seq for noted in came)
            yield Breach(came[-1].at, (request.seq, *seqs, held), {"asked": evidence.clock(request.at)})


def _shown_held(evidence: CaseEvidence, request: Elsewhere) -> int | None:
    """The record of a screen near the request that shows the service active, 0 where one shows it is not; else None.

    A wish to withdraw in between leaves it open.
    """
    near = [noted for noted in evidence.answers if abs(noted.at - request.at) <= HELD_WITHIN]
    if not near or any(wish.at <= request.at + HELD_WITHIN and wish.at >= request.at - HELD_WITHIN
                       and wish.seq < request.seq for wish in evidence.withdrawals):  # fmt: skip
        return None
    for noted in near:
        if any(row.is_of(evidence.service) and row.status == "active" for row in noted.value.subscriptions):
            return noted.seq
    return 0


LIST_INCOMPLETE = Rule(
    name="list-incomplete",
    version=1,
    title={"zh": "短信查询列表不完整", "en": "List by SMS incomplete"},
    explains={
        "zh": "短信查询的答复须列出全部在用业务,与其他渠道一致。",
        "en": "The list that answers the query command names everything that is held, as every other channel does.",
    },
    message={
        "zh": "{asked}发送查询指令,答复未列出在用的该业务。",
        "en": "The list asked for at {asked} does not name the service, though it is held.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q7", "Q1"),
    needs=("dialled", "monthly", "list_request"),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()).asked_for_list().listed().listened(days=2))(
        subscribed().later(hours=1)
    ).evidence(),
    broken=lambda: (lambda told: told.queried(told.row()).asked_for_list().listed(nothing=True).listened(days=2))(
        subscribed().later(hours=1)
    ).evidence(),
)
