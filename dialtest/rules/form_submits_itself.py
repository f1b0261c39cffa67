"""A page that orders before anybody pressed anything."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import paged
from dialtest.rules.advertised import pages
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every page with a script that sends its form when it opens."""
    for shown in pages(evidence):
        if shown.page is not None and (shown.page.self_submits or shown.page.orders_on_open):
            yield Breach(shown.at, (shown.seq,), {"text": shown.excerpt})


FORM_SUBMITS_ITSELF = Rule(
    name="form-submits-itself",
    version=1,
    title={"zh": "页面自动提交订购", "en": "Form that submits itself"},
    explains={
        "zh": "订购必须由用户按下按钮,页面不得自动提交表单。",
        "en": "Only the customer's press may order; a page may not send its form by itself.",
    },
    message={
        "zh": "页面打开即自动提交:“{text}”",
        "en": "The page sends its form as soon as it opens: “{text}”",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    needs=("page",),
    check=check,
    clean=lambda: paged("<form><button>订购</button></form>").evidence(),
    broken=lambda: paged("<form><button>订购</button></form><script>document.forms[0].submit()</script>").evidence(),
)
