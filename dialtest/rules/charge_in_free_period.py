"""A monthly fee taken while the subscription is still free."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed, subscription_story
from dialtest.rules.free_period import allowed_from
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.wrong_charge import whole


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every fee after an order that no order so far allows yet (T3)."""
    found = False
    for noted in evidence.monthly_charges:
        allowed = allowed_from(evidence, noted.value.charged_at)
        if allowed is not None and noted.value.charged_at < allowed:
            found = True
            order = [order for order in evidence.orders if order.at <= noted.value.charged_at][-1]
            facts = {
                "ordered": evidence.clock(order.at),
                "charged": evidence.clock(noted.value.charged_at),
                "allowed": evidence.clock(allowed),
            }
            yield Breach(noted.at, (order.seq, noted.seq), facts, wrong=whole(noted))
    first = allowed_from(evidence, evidence.ended_at)
    if not found and first is not None and evidence.last_bill is not None and evidence.last_bill.at < first:
        yield Untested("the last bill was read before the free period was over")


CHARGE_IN_FREE_PERIOD = Rule(
    name="charge-in-free-period",
    version=1,
    title={"zh": "免费期内收费", "en": "Charged in the free period"},
    explains={
        "zh": "首次定购享受免费期:1日至20日定购的,当月免费;21日至月底定购的,当月和下月免费。免费期内不得收取包月费。",
        "en": "A first order is free: of days 1 to 20 for that month, from day 21 on for that month and the "
        "next. No monthly fee may be taken before.",
    },
    message={
        "zh": "{ordered}定购,{charged}已收费,应自{allowed}起收费。",
        "en": "Ordered at {ordered} and charged at {charged}; the first charge is due at {allowed}.",
    },
    breach="price_fraud",
    severity="critical",
    clauses=("T3", "T5"),
    needs=("by_month", "subscription", "bill"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: subscription_story().charged(3000).evidence(),
    broken=lambda: subscribed(day=21).to_next_first().charged(3000).evidence(),
)
