"""An order that subscribes to something other than what was ordered."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Answer
from dialtest.rules.active_use import Order
from dialtest.rules.advert_example import ordered_and_got
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """An answer after the order that lists another service of the port or provider, and not the one ordered.

    Services that earlier cases of the number ordered are left out by the time of their order.
    """
    order = evidence.subscription_order
    if order is None:
        return
    after = [noted for noted in evidence.answers if noted.at >= order.at]
    if not after:
        yield Untested("nothing was queried after the order")
    for noted in after:
        got = _got_instead(evidence, order, noted.value)
        if got:
            facts = {"ordered": evidence.service.name, "got": ", ".join(sorted(got))}
            yield Breach(noted.at, (order.seq, noted.seq), facts)
            return


def _got_instead(evidence: CaseEvidence, order: Order, answer: Answer) -> set[str]:
    """The provider's services subscribed to since the order was asked for; none where the one ordered is among them."""
    provider, ordered = evidence.service.provider_name, evidence.service.name
    got = set()
    for row in answer.subscriptions:
        if row.provider_name == provider and row.ordered_at >= order.asked_at and not evidence.is_of_companion(row):
            if row.service_name == ordered:
                return set()
            got.add(row.service_name)
    return got


SOMETHING_ELSE_ORDERED = Rule(
    name="something-else-ordered",
    version=1,
    title={"zh": "订购的与得到的不是同一业务", "en": "Ordered one thing, subscribed to another"},
    explains={
        "zh": "按宣传的指令或按钮订购,得到的必须是所宣传的业务。",
        "en": "The advertised command or button must order the advertised service and no other.",
    },
    message={
        "zh": "订购的是“{ordered}”,查询结果却是“{got}”。",
        "en": "“{ordered}” was ordered; the query shows “{got}”.",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    needs=("dialled", "subscription"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: ordered_and_got("头条新闻").evidence(),
    broken=lambda: ordered_and_got("头条新闻 PLUS").evidence(),
)
