"""A charge nothing was ordered for."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unlicensed import unlicensed
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every charge, of whatever service, that no order, use or earlier case explains (R2)."""
    if evidence.charges and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    elif evidence.charges and evidence.order_in_doubt:
        yield Untested("an order is in doubt")
    for found in unlicensed(evidence):
        if found.why == "unused":
            charge = found.noted.value
            facts = {
                "service": f"{charge.provider_name} {charge.service_name}",
                "charged": evidence.clock(charge.charged_at),
                "fee": evidence.policy.fee(charge.fee_fen),
            }
            yield Breach(found.noted.at, (found.noted.seq,), facts, found.service, whole(found.noted, "no_active_use"))


CHARGE_WITHOUT_USE = Rule(
    name="charge-without-use",
    version=1,
    title={"zh": "无主动使用记录而收费", "en": "Charged without active use"},
    explains={
        "zh": "没有用户主动定购或点播的记录,不得收取信息费;打开页面不算主动使用。控制号码从不定购,任何收费均属违规。",
        "en": "Without a record of active use (an order or on-demand message, or an order on the site) nothing "
        "may be charged. Looking at a page is no use; a control number uses nothing at all.",
    },
    message={
        "zh": "{charged}收取{service}{fee},没有主动使用记录。",
        "en": "{service} charged {fee} at {charged} without any active use.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("R2", "Q6"),
    needs=("bill",),
    check=check,
    clean=lambda: story(service=PER_USE).used().charged(200, "per_use").evidence(),
    broken=lambda: story().later(days=1).charged(3000).evidence(),
)
