"""A subscription whose page does not say how to end it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import pages
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every page of a subscription that names no way out; an advert of a few words may leave that to the reminder."""
    for shown in pages(evidence):
        if not shown.claims.opt_out and evidence.service.withdraw_command not in shown.text:
            yield Breach(shown.at, (shown.seq,), {"text": shown.excerpt})


WAY_OUT_UNSAID = Rule(
    name="way-out-unsaid",
    version=1,
    title={"zh": "页面未写明退订办法", "en": "No way out named on the page"},
    explains={
        "zh": "定制类业务的页面必须写明如何退订。",
        "en": "The page of a subscription must say how to end it.",
    },
    message={
        "zh": "页面未写明退订办法:“{text}”",
        "en": "The page names no way out: “{text}”",
    },
    breach="misleading_ads",
    severity="minor",
    clauses=("D4",),
    needs=("monthly", "page"),
    check=check,
    clean=lambda: looked("30元/月 包月业务,退订请拨打10086").evidence(),
    broken=lambda: looked("30元/月 包月业务").evidence(),
)
