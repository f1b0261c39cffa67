"""An order on a page that no second press confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unordered import unordered

ASKS = '<form action="?confirm=XW"><button name="confirm">确认订购</button></form>'
DONE = "<p>订购成功</p>"


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """An order taken at the first press, or a subscription though the second press was never made."""
    for found in unordered(evidence):
        if not found.ordered and found.cause is not None and found.cause.touch == "press":
            yield Breach(found.seen_at, found.records, {"pressed": evidence.clock(found.cause.at)}, found.service)
    for order in evidence.orders:
        if order.on_page and not order.confirmed:
            shown = evidence.shown_subscribed
            if shown is None:
                yield Untested("the page asked for no confirmation, and nothing shows whether it took the order")
            else:
                yield Breach(shown[1], (order.seq, shown[0]), {"pressed": evidence.clock(order.at)})


ORDER_WITHOUT_CONFIRMATION = Rule(
    name="order-without-confirmation",
    version=1,
    title={"zh": "定购没有二次确认页面", "en": "Ordered without a confirmation page"},
    explains={
        "zh": "按下定购后必须出现确认页面,用户再次确认才能定购。",
        "en": "Pressing order must lead to a page that asks for confirmation; only a second yes orders.",
    },
    message={
        "zh": "{pressed}按下定购,没有确认页面即被定购。",
        "en": "Pressed order at {pressed} and was taken at once, without a confirmation page.",
    },
    breach="forced_subscription",
    severity="major",
    clauses=("D4",),
    needs=("second_yes_on_page", "press"),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()))(
        story().pressed(ASKS).pressed(DONE, "order").reminded_first()
    ).evidence(),
    broken=lambda: (lambda told: told.queried(told.row()))(story().pressed(DONE).reminded_first()).evidence(),
)
