"""A charge above the price the customer had been shown."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import offers
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.comparable_price import highest_advertised
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.wrong_charge import WrongCharge


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every charge above the dearest comparable price of an advert or a page shown before it.

    An advert that names the filed tariff or more is no part of this: a charge above that is above the tariff.
    """
    policy, service = evidence.policy, evidence.service
    shown_prices = [
        (shown, price)
        for shown in offers(evidence)
        if (price := highest_advertised(shown.claims, service, policy.currency)) is not None and price < service.fee_fen
    ]
    for noted in evidence.own_charges if shown_prices else ():
        for shown, price in shown_prices:
            if shown.at <= noted.value.charged_at and noted.value.fee_fen > price:
                facts = {"charged": policy.fee(noted.value.fee_fen), "text": shown.excerpt}
                wrong = (WrongCharge(noted, noted.value.fee_fen - price),)
                yield Breach(noted.at, (shown.seq, noted.seq), facts, wrong=wrong)


CHARGED_OVER_ADVERTISED = Rule(
    name="charged-over-advertised",
    version=1,
    title={"zh": "收费高于宣传价格", "en": "Charge above the advertised price"},
    explains={
        "zh": "账单上的收费不得高于用户事先看到的页面或广告上的价格。",
        "en": "No charge may be above the price of the page or advert the customer had seen.",
    },
    message={
        "zh": "收取{charged},宣传却写:“{text}”",
        "en": "{charged} was charged; the advert said “{text}”",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("D4",),
    needs=("bill", "offer"),
    check=check,
    clean=lambda: looked("30元/月 包月业务").ordered().later(days=30).charged(3000).evidence(),
    broken=lambda: looked("10元/月 包月业务").ordered().later(days=30).charged(3000).evidence(),
)
