"""A per-use order that makes a subscription."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, story
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """The first row that shows the per-use service as a monthly subscription."""
    for noted in evidence.own_rows:
        if noted.value.billing_type == "monthly":
            facts = {"used": evidence.clock(evidence.orders[0].at), "since": evidence.clock(noted.value.ordered_at)}
            yield Breach(noted.at, (evidence.orders[0].seq, noted.seq), facts)
            break


PER_USE_ORDER_SUBSCRIBES = Rule(
    name="per-use-order-subscribes",
    version=1,
    title={"zh": "点播变成包月定购", "en": "A per-use order makes a subscription"},
    explains={
        "zh": "点播一次不得形成包月定购关系。",
        "en": "Using a per-use service must not make a subscription of it.",
    },
    message={
        "zh": "{used}点播,{since}却形成包月定购。",
        "en": "Used once at {used}, and subscribed by the month since {since}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("D4",),
    needs=("per_use", "order", "answer"),
    check=check,
    clean=lambda: story(service=PER_USE).used().later(hours=2).queried().evidence(),
    broken=lambda: (lambda told: told.queried(told.row()))(story(service=PER_USE).used().later(hours=2)).evidence(),
)
