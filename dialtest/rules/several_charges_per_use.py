"""Several charges for one use."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unlicensed import unlicensed
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every charge beyond one for each use, within a day of the use."""
    if evidence.charges and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    elif evidence.charges and evidence.order_in_doubt:
        yield Untested("an order is in doubt")
    for found in unlicensed(evidence):
        if found.why == "repeat":
            charged_at = found.noted.value.charged_at
            use = [order for order in evidence.orders if order.at <= charged_at][-1]
            facts = {
                "used": evidence.clock(use.at),
                "charged": evidence.clock(charged_at),
                "fee": evidence.policy.fee(found.noted.value.fee_fen),
            }
            yield Breach(found.noted.at, (use.seq, found.noted.seq), facts, wrong=whole(found.noted))


SEVERAL_CHARGES_PER_USE = Rule(
    name="several-charges-per-use",
    version=1,
    title={"zh": "一次点播多次收费", "en": "Several charges for one use"},
    explains={
        "zh": "点播一次只能收费一次,不得拆成多条收费。",
        "en": "One use is charged once; splitting it into several charged messages is a trick with units.",
    },
    message={
        "zh": "{used}点播一次,{charged}又多收{fee}。",
        "en": "Used once at {used}; charged another {fee} at {charged}.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("D4", "R2"),
    needs=("per_use", "order", "bill"),
    check=check,
    clean=lambda: story(service=PER_USE).used().charged(200, "per_use").evidence(),
    broken=lambda: story(service=PER_USE).used().charged(200, "per_use").charged(200, "per_use").evidence(),
)
