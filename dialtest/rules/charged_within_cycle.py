"""A subscription charged again before its week (or other cycle of days) is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.uk_example import charged
from dialtest.rules.wrong_charge import whole

SUMMER_TIME = timedelta(hours=1)
"""A calendar week is an hour shorter when the clocks go forward."""


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every charge that follows the one before by less than the cycle."""
    for before, after in pairwise(noted for noted in evidence.own_charges if noted.value.kind == "monthly"):
        due = evidence.policy.next_charge(before.value.charged_at)
        if after.value.charged_at < due - SUMMER_TIME:
            facts = {"first": _day(evidence, before.value.charged_at), "second": _day(evidence, after.value.charged_at)}
            yield Breach(after.at, (before.seq, after.seq), facts, wrong=whole(after))


def _day(evidence: CaseEvidence, when: datetime) -> str:
    return f"{evidence.policy.local(when):%Y-%m-%d %H:%M}"


CHARGED_WITHIN_CYCLE = Rule(
    name="charged-within-cycle",
    version=1,
    title={"zh": "一个收费周期内重复收费", "en": "Charged again before the cycle is over"},
    explains={
        "zh": "按周(或若干天)收费的业务,一个周期内只能收费一次。",
        "en": "A subscription charged by the week, or any other cycle of days, may be charged once in each.",
    },
    message={
        "zh": "{first}已收费,{second}又收费,周期未满。",
        "en": "Charged at {first} and again at {second}, before the cycle was over.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("D4",),
    needs=("by_days", "monthly", "bill"),
    check=check,
    clean=lambda: charged(weeks=2).evidence(),
    broken=lambda: charged(weeks=2, days_apart=3).evidence(),
)
