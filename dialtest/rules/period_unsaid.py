"""A subscription advertised as if it were paid once or each time."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import fee_said, offers
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert or page of a subscription that names a price and not that it comes again."""
    for shown in offers(evidence):
        if fee_said(evidence, shown) and not shown.claims.subscription and shown.claims.period is None:
            facts = {"text": shown.excerpt, "filed": evidence.policy.tariff(evidence.service)}
            yield Breach(shown.at, (shown.seq,), facts)


PERIOD_UNSAID = Rule(
    name="period-unsaid",
    version=1,
    title={"zh": "未写明按周期收费", "en": "Billing period unsaid"},
    explains={
        "zh": "包月等定制业务的页面和广告必须写明按月(周)收费,不得写成按次或一次性收费。",
        "en": "The page and adverts of a subscription must say that its price comes again every month or week.",
    },
    message={
        "zh": "备案资费{filed},宣传未写明按周期收费:“{text}”",
        "en": "Filed at {filed}; the advert does not say it comes again: “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    needs=("monthly", "paid", "offer"),
    check=check,
    clean=lambda: looked("30元/月 包月业务").evidence(),
    broken=lambda: looked("30元/次").evidence(),
)
