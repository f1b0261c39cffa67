"""An advertised price below the filed one."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import promises
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.comparable_price import highest_advertised
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert, page or pushed message whose dearest price is below the filed tariff."""
    service, policy = evidence.service, evidence.policy
    for shown in promises(evidence):
        advertised = highest_advertised(shown.claims, service, policy.currency)
        if advertised is not None and advertised < service.fee_fen:
            facts = {"text": shown.excerpt, "filed": policy.tariff(service)}
            yield Breach(shown.at, (shown.seq,), facts)


PRICE_BELOW_FILED = Rule(
    name="price-below-filed",
    version=1,
    title={"zh": "宣传价格低于备案资费", "en": "Advertised below the filed tariff"},
    explains={
        "zh": "页面、广告和推送短信写明的价格不得低于备案资费。",
        "en": "No advert, page or message may name a price below the filed tariff.",
    },
    message={
        "zh": "写明的价格低于备案资费{filed}:“{text}”",
        "en": "It names less than the filed {filed}: “{text}”",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    needs=("paid",),
    check=check,
    clean=lambda: looked("30元/月 包月业务").evidence(),
    broken=lambda: looked("10元/月 包月业务").evidence(),
)
