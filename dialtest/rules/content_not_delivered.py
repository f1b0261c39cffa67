"""What was ordered never came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.advert_example import looked, pushed_at
from dialtest.rules.advertised import pushed
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule, Untested

WITHIN = timedelta(hours=24)
ON_ITS_WAY = timedelta(hours=2)


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """An order of a service that comes by message, after which a day passes without a message from its port (ours)."""
    order = next((order for order in evidence.orders if order.use), evidence.subscription_order)
    if order is None:
        return
    for shown in pushed(evidence):
        if shown.at >= order.at and shown.sender.startswith(evidence.service.access_number):
            return
    if evidence.ended_at < order.at + WITHIN + ON_ITS_WAY:
        yield Untested("the case ended before a day had passed since the order")
        return
    yield Breach(order.at + WITHIN, (order.seq,), {"port": evidence.service.access_number})


CONTENT_NOT_DELIVERED = Rule(
    name="content-not-delivered",
    version=1,
    title={"zh": "订购后未提供内容", "en": "Content never delivered"},
    explains={
        "zh": "以短信、彩信提供的业务,订购后一天之内必须从其接入号发来内容。",
        "en": "A service that comes by message must send something from its port within a day of the order.",
    },
    message={
        "zh": "订购后一天之内没有收到{port}发来的任何内容。",
        "en": "Nothing came from {port} within a day of the order.",
    },
    breach="misleading_ads",
    severity="minor",
    clauses=("D4",),
    needs=("dialled", "by_message"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: pushed_at("今日要闻").listened(days=2).evidence(),
    broken=lambda: looked("30元/月").ordered().listened(days=2).evidence(),
)
