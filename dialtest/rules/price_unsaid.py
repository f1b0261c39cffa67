"""An advert or page without any price."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import fee_said, offers
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert or page that names no price anywhere, hidden places included."""
    for shown in offers(evidence):
        concealed = shown.page is not None and shown.page.concealed_prices
        if not fee_said(evidence, shown) and not concealed:
            yield Breach(
                shown.at, (shown.seq,), {"text": shown.excerpt, "filed": evidence.policy.tariff(evidence.service)}
            )


PRICE_UNSAID = Rule(
    name="price-unsaid",
    version=1,
    title={"zh": "宣传未写明资费", "en": "No price in the advert"},
    explains={
        "zh": "收费业务的页面和广告必须写明资费。",
        "en": "The page and the adverts of a paid service must name its price.",
    },
    message={
        "zh": "未写明资费(备案资费{filed}):“{text}”",
        "en": "No price is named (filed at {filed}): “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    needs=("paid", "offer"),
    check=check,
    clean=lambda: looked("30元/月 包月业务").evidence(),
    broken=lambda: looked("精彩新闻,天天更新").evidence(),
)
