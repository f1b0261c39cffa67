"""A subscription of a number that did nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unordered import unordered


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every subscription before which the customer neither ordered nor touched anything."""
    if (evidence.rows or evidence.first_reminders) and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    for found in unordered(evidence):
        if not found.ordered and found.cause is None:
            facts = {
                "number": evidence.opened.number.msisdn,
                "service": f"{found.provider_name} {found.service_name}",
                "since": evidence.clock(found.since),
            }
            yield Breach(found.seen_at, found.records, facts, found.service)


SUBSCRIPTION_WITHOUT_ORDER = Rule(
    name="subscription-without-order",
    version=1,
    title={"zh": "未定购的号码被定购", "en": "Subscribed without any act"},
    explains={
        "zh": "没有任何操作的号码(例如控制号码)不得出现定购关系。",
        "en": "A number whose owner did nothing, a control number above all, must not be subscribed to anything.",
    },
    message={
        "zh": "号码{number}没有任何操作,{since}却被定购{service}。",
        "en": "The number {number} did nothing, and was subscribed to {service} at {since}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("D4", "R2"),
    needs=("holding",),
    hindered_by=("order_in_doubt",),
    check=check,
    clean=lambda: story().later(days=20).queried().evidence(),
    broken=lambda: (lambda told: told.queried(told.row()))(story().later(days=20)).evidence(),
)
