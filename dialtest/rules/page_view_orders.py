"""A subscription made by looking at a page."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unordered import unordered


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every subscription without an order whose last cause is a page that was opened."""
    if (evidence.rows or evidence.first_reminders) and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    for found in unordered(evidence):
        if not found.ordered and found.cause is not None and found.cause.touch == "page":
            facts = {"service": f"{found.provider_name} {found.service_name}", "since": evidence.clock(found.since)}
            yield Breach(found.seen_at, found.records, facts, found.service)


PAGE_VIEW_ORDERS = Rule(
    name="page-view-orders",
    version=1,
    title={"zh": "浏览页面即被定购", "en": "Looking at the page orders"},
    explains={
        "zh": "打开页面而没有按下定购,不得形成定购关系。",
        "en": "Opening a page without pressing anything must not subscribe.",
    },
    message={
        "zh": "只打开页面,{since}却被定购{service}。",
        "en": "Only looked at the page, and was subscribed to {service} at {since}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("D4", "R2"),
    needs=("page",),
    hindered_by=("order_in_doubt",),
    check=check,
    clean=lambda: story().saw_page("<p>头条新闻</p>").later(hours=1).queried().evidence(),
    broken=lambda: (lambda told: told.queried(told.row()))(
        story().saw_page("<p>头条新闻</p>").later(hours=1)
    ).evidence(),
)
