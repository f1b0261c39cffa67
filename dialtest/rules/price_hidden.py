"""A price that stands on the page and that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.adverts import PageReading
from dialtest.rules.advert_example import paged
from dialtest.rules.advertised import pages
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every page none of whose prices can be seen and read, or whose nearest one is a screen away from the button."""
    for shown in pages(evidence):
        place = hiding_place(shown.page) if shown.page is not None else ""
        if place:
            yield Breach(shown.at, (shown.seq,), {"place": place, "filed": evidence.policy.tariff(evidence.service)})


def hiding_place(page: PageReading) -> str:
    """How the price is hidden; empty when it is not, or when there is none."""
    if page.concealed_prices and not page.legible_prices:
        return ", ".join(dict.fromkeys(reason for price in page.concealed_prices for reason in price.reasons))
    far = page.price_distance is not None and page.price_distance.far
    return "far from the button" if far else ""


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
    needs=("paid", "page"),
    check=check,
    clean=lambda: paged("<p>30元/月</p><form><button>订购</button></form>").evidence(),
    broken=lambda: paged('<p style="font-size:1px">30元/月</p><form><button>订购</button></form>').evidence(),
)
