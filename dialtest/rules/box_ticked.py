"""A box that was ticked before the customer came."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import paged
from dialtest.rules.advertised import pages
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every page with a ticked box."""
    for shown in pages(evidence):
        if shown.page is not None and shown.page.preticked:
            yield Breach(shown.at, (shown.seq,), {"text": shown.excerpt})


BOX_TICKED = Rule(
    name="box-ticked",
    version=1,
    title={"zh": "页面预先勾选", "en": "Box ticked beforehand"},
    explains={
        "zh": "页面上的选项必须由用户自己勾选,不得预先勾选。",
        "en": "Whatever a customer agrees to on a page, the customer must tick; no box may be ticked beforehand.",
    },
    message={
        "zh": "页面上有预先勾选的选项:“{text}”",
        "en": "A box on the page is ticked already: “{text}”",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    needs=("page",),
    check=check,
    clean=lambda: paged('<form><input type="checkbox"><button>订购</button></form>').evidence(),
    broken=lambda: paged('<form><input type="checkbox" checked><button>订购</button></form>').evidence(),
)
