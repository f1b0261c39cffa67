"""A subscription that nobody said yes to a second time, where the market asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.uk_example import asked


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """The first answer that lists the service as active, and every charge of a subscription to it."""
    if evidence.service.key in evidence.opened.earlier:
        yield Untested("this number ordered the service in an earlier case")
        return
    if not evidence.answers and evidence.last_bill is None:
        yield Untested("neither a query nor a bill was read after the order")
    asked_at = f"{evidence.policy.local(evidence.orders[0].at):%Y-%m-%d %H:%M}"
    for noted in evidence.answers:
        if any(row.is_of(evidence.service) and row.status == "active" for row in noted.value.subscriptions):
            yield Breach(noted.at, (evidence.orders[0].seq, noted.seq), {"ordered": asked_at})
            break
    for charge in evidence.monthly_charges:
        yield Breach(charge.at, (evidence.orders[0].seq, charge.seq), {"ordered": asked_at})


SUBSCRIBED_WITHOUT_SECOND_YES = Rule(
    name="subscribed-without-second-yes",
    version=1,
    title={"zh": "未经二次确认即定购", "en": "Subscribed without a second yes"},
    explains={
        "zh": "在要求二次确认的市场,用户没有回复确认,不得成为定购用户,也不得收费。",
        "en": "Where the market asks for a second yes, an order without it may neither subscribe nor cost anything.",
    },
    message={
        "zh": "{ordered}提出定购,从未二次确认,却已定购或收费。",
        "en": "Asked for at {ordered}, never confirmed, and yet subscribed or charged.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("D4",),
    needs=("second_yes_by_message", "order"),
    applies=lambda evidence: not any(order.confirmed for order in evidence.orders),
    check=check,
    clean=lambda: asked().later(days=2).queried().read_bill().evidence(),
    broken=lambda: (lambda told: told.queried(told.row()).charged(300))(asked().later(days=2)).evidence(),
)
