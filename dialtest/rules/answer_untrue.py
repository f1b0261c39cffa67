"""An answer that shows something else than was filed, or than the customer did."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.rules.active_use import Order
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.filed_fields import filed_fields
from dialtest.rules.noted import Noted
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.same_moment import moments, own

ON_A_PAGE, BY_MESSAGE = frozenset({"web", "wap"}), frozenset({"sms"})


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every moment at which all channels that show the service have a field wrong (Q2).

    What only some of them have wrong is a disagreement between channels, and another rule's.
    """
    asked_together = {noted.seq for moment in moments(evidence) for noted in moment}
    alone = [(noted,) for noted in evidence.answers if noted.seq not in asked_together]
    for moment in sorted((*moments(evidence), *alone), key=lambda moment: moment[0].seq):
        showing = [noted for noted in moment if own(evidence, noted)]
        wrong = [_untrue(evidence, noted) for noted in showing]
        everywhere = [name for name in (wrong[0] if wrong else {}) if all(name in fields for fields in wrong)]
        if everywhere:
            first = showing[0]
            facts = {
                "asked": evidence.clock(first.at),
                "channel": first.value.channel,
                "fields": ", ".join(everywhere),
                "shown": "、".join(wrong[0][name] for name in everywhere),
            }
            yield Breach(first.at, tuple(noted.seq for noted in showing), facts)


def _untrue(evidence: CaseEvidence, noted: Noted[Answer]) -> dict[str, str]:
    """The fields an answer shows wrong of the service, and what it shows; an empty one is another rule's."""
    wrong: dict[str, str] = {}
    for row in own(evidence, noted):
        shown = {name: getattr(row, name) for name in filed_fields(evidence)}
        wrong |= {name: words for name, words in shown.items() if words and words != filed_fields(evidence)[name]}
        wrong |= _misdated(evidence, row)
    return wrong


def _misdated(evidence: CaseEvidence, row: SubscriptionRow) -> dict[str, str]:
    """When and over which channel it says that the customer ordered, where the customer of this case did not.

    A subscription of before the case is not this customer's doing; what nobody ordered at all is another rule's.
    """
    at_once = evidence.market.order.confirmation == "none"
    known = row.ordered_at + CLOCK_SLACK
    orders = [order for order in evidence.orders if (at_once or order.confirmed) and order.asked_at <= known]
    wrong: dict[str, str] = {}
    if orders and row.ordered_at >= evidence.opened.at:
        order = orders[-1]
        if row.ordered_at > order.at + CLOCK_SLACK:
            wrong["ordered_at"] = evidence.clock(row.ordered_at)
        elif row.order_channel and row.order_channel not in _ordered_over(evidence, order):
            wrong["order_channel"] = row.order_channel
    return wrong


def _ordered_over(evidence: CaseEvidence, order: Order) -> frozenset[str]:
    """The channels an order may be booked under; a second yes by message makes it one by message too."""
    by_message = not order.on_page or evidence.market.order.confirmation == "reply"
    return (ON_A_PAGE if order.on_page else frozenset()) | (BY_MESSAGE if by_message else frozenset())


ANSWER_UNTRUE = Rule(
    name="answer-untrue",
    version=1,
    title={"zh": "查询结果与事实不符", "en": "Answer untrue"},
    explains={
        "zh": "查询显示的服务代码、业务类型、计费类型、资费、客服电话等须与备案一致,定购时间和渠道须与实际定购一致。",
        "en": "A query shows access number, type, billing, tariff, hotline and the rest as they were filed, and the "
        "order when and how the customer made it.",
    },
    message={
        "zh": "{asked}通过{channel}查询,{fields}不实:{shown}。",
        "en": "Asked over {channel} at {asked}; untrue of {fields}: {shown}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q2",),
    needs=("dialled", "monthly", "answer"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()))(subscribed().later(hours=1)).evidence(),
    broken=lambda: (lambda told: told.queried(told.row(tariff="1元/月")))(subscribed().later(hours=1)).evidence(),
)
