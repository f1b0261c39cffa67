"""Two monthly fees in one month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscription_story
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every monthly fee that follows another of the same month (T5)."""
    for before, after in pairwise(evidence.monthly_charges):
        if after.value.charged_at < evidence.policy.next_charge(before.value.charged_at):
            facts = {
                "first": evidence.clock(before.value.charged_at),
                "second": evidence.clock(after.value.charged_at),
            }
            yield Breach(after.at, (before.seq, after.seq), facts, wrong=whole(after))


CHARGE_TWICE_A_MONTH = Rule(
    name="charge-twice-a-month",
    version=1,
    title={"zh": "同月重复收取包月费", "en": "Charged twice in a month"},
    explains={
        "zh": "同一业务每月只能收取一次包月费。",
        "en": "The monthly fee of a service may be taken once a month.",
    },
    message={
        "zh": "{first}已收取包月费,{second}同月再次收取。",
        "en": "The monthly fee was taken at {first} and again at {second}, in the same month.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("T5",),
    needs=("by_month", "monthly", "monthly_charge"),
    check=check,
    clean=lambda: (lambda told: told.charged(3000).to_next_first().charged(3000))(subscription_story()).evidence(),
    broken=lambda: subscription_story().charged(3000).charged(3000).evidence(),
)
