"""An order that subscribes to something other than what was ordered."""

from __future__ import annotations

from collections.abc import Iterator

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
        rows = [row for row in noted.value.subscriptions if order.asked_at <= row.ordered_at]
        others = [row for row in rows if row.provider_name == evidence.service.provider_name]
        if others and not any(row.is_of(evidence.service) for row in rows):
            facts = {"ordered": evidence.service.name, "got": ", ".join(sorted({row.service_name for row in others}))}
            yield Breach(noted.at, (order.seq, noted.seq), facts)
            return


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
