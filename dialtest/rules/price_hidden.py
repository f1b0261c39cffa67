"""A price that stands on the page and that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.advert_example import paged
from dialtest.rules.advertised import fee_said, pages
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every page whose price is tiny, pale, not displayed, or far below the button that orders."""
    for shown in pages(evidence):
        page = shown.page
        if page is not None and fee_said(evidence, shown.text) and not fee_said(evidence, page.shown):
            place = "hidden" if fee_said(evidence, page.hidden) else "far below the button"
            facts = {"place": place, "filed": evidence.policy.tariff(evidence.service)}
            yield Breach(shown.at, (shown.seq,), facts)


PRICE_HIDDEN = Rule(
    name="price-hidden",
    version=1,
    title={"zh": "页面隐藏资费", "en": "Price hidden on the page"},
    explains={
        "zh": "页面上的资费必须与订购按钮同屏、清楚可见:不得字号过小、颜色与背景相近、不显示或远在按钮之下。",
        "en": "A page's price must be legible and near the button: not tiny, pale, undisplayed or many screens below.",
    },
    message={
        "zh": "资费{filed}写在用户看不到的地方({place})。",
        "en": "The price {filed} stands where nobody sees it ({place}).",
    },
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
    applies=lambda evidence: evidence.service.fee_fen > 0 and bool(evidence.pages),
    check=check,
    clean=lambda: paged("<p>30元/月</p><form><button>订购</button></form>").evidence(),
    broken=lambda: paged('<p style="font-size:1px">30元/月</p><form><button>订购</button></form>').evidence(),
)
