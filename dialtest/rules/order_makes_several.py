"""One order that makes several subscriptions."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unordered import unordered


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every subscription to another service since the order; the order of the service dialled is to blame."""
    if (evidence.rows or evidence.first_reminders) and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    for found in unordered(evidence):
        if found.ordered and found.service is not None:
            facts = {
                "ordered": f"{evidence.service.provider_name} {evidence.service.name}",
                "service": f"{found.provider_name} {found.service_name}",
                "since": evidence.clock(found.since),
            }
            yield Breach(found.seen_at, (evidence.orders[0].seq, found.seq), facts)


ORDER_MAKES_SEVERAL = Rule(
    name="order-makes-several",
    version=1,
    title={"zh": "一次定购形成多个定购关系", "en": "One order makes several subscriptions"},
    explains={
        "zh": "定购一项业务,只能形成这一项业务的定购关系。",
        "en": "An order of one service subscribes to that service and to no other.",
    },
    message={
        "zh": "只定购了{ordered},{since}却同时被定购{service}。",
        "en": "Ordered {ordered} alone, and was subscribed to {service} as well at {since}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("D4",),
    needs=("order", "answer"),
    hindered_by=("order_in_doubt",),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()))(subscribed()).evidence(),
    broken=lambda: (lambda told: told.queried(told.row(), told.row(service_name="精品图铃")))(subscribed()).evidence(),
)
