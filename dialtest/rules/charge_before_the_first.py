"""A monthly fee taken on another day than the 1st."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed, subscription_story
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every monthly fee of the service that was not taken on a 1st (T5)."""
    for noted in evidence.monthly_charges:
        if evidence.policy.local(noted.value.charged_at).day != 1:
            facts = {"charged": evidence.clock(noted.value.charged_at)}
            yield Breach(noted.at, (noted.seq,), facts, wrong=whole(noted))


CHARGE_BEFORE_THE_FIRST = Rule(
    name="charge-before-the-first",
    version=1,
    title={"zh": "未到1日提前收取包月费", "en": "Monthly fee taken before the 1st"},
    explains={
        "zh": "包月费在每月1日0时收取,不得提前。",
        "en": "Monthly fees are cut at 00:00 on the 1st of the month they are for, never earlier.",
    },
    message={
        "zh": "包月费于{charged}收取,应在1日收取。",
        "en": "The monthly fee was taken at {charged} instead of on the 1st.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("T5",),
    needs=("by_month", "monthly", "monthly_charge"),
    check=check,
    clean=lambda: subscription_story().charged(3000).evidence(),
    broken=lambda: subscribed().to_next_first().later(days=-2).charged(3000).evidence(),
)
