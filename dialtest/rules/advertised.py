"""Everything a customer was told about a service before or beside the order: filed adverts, pages, pushed messages."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dialtest.adverts import Claims, PageReading, claims_of, page_of, speaks_of_money
from dialtest.model.act import OpenPage
from dialtest.model.observation import Page
from dialtest.policy.terms import Terms
from dialtest.policy.wording import marker, says
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.prompt import prompts
from dialtest.rules.shared import shared

EXCERPT = 120


class Shown(Struct, frozen=True):
    """One thing shown, in record `seq`: the text its reader sees; the page it is, or the port it came from."""

    seq: int
    at: datetime
    text: str
    page: PageReading | None = None
    sender: str = ""

    @property
    def claims(self) -> Claims:
        """What it promises."""
        return self.page.claims if self.page else claims_of(self.text)

    @property
    def excerpt(self) -> str:
        """Its beginning, on one line, for a finding's facts."""
        return " ".join(self.text.split())[:EXCERPT]


@shared
def offers(evidence: CaseEvidence) -> list[Shown]:
    """The adverts filed with the service, and its own page as it was opened: what must say everything."""
    opened = evidence.opened
    filed = [Shown(opened.seq, opened.at, advert.text) for advert in evidence.service.adverts if advert.text]
    return [*filed, *pages(evidence)]


@shared
def pages(evidence: CaseEvidence) -> list[Shown]:
    """Pages that were opened; what a pressed button leads to is no advert."""
    found = []
    for outcome in evidence.done if evidence.pages else ():
        page = outcome.result
        if isinstance(outcome.act, OpenPage) and isinstance(page, Page) and page.status == 200:
            reading = page_of(page.content)
            found.append(Shown(outcome.seq, page.at, reading.text, reading))
    return found


@shared
def pushed(evidence: CaseEvidence) -> list[Shown]:
    """Messages from elsewhere than the carrier's ports that are none of the texts the market prescribes; what came from
    the port of a companion is left out.
    """
    ports = evidence.policy.carrier_ports
    beside = evidence.companion.access_number if evidence.companion else None
    foreign = [noted for noted in evidence.messages if noted.value.sender not in ports]
    if beside is not None:
        foreign = [noted for noted in foreign if not noted.value.sender.startswith(beside)]
    if not foreign:
        return []
    known, asking = _prescribed(evidence.market), prompts(evidence)
    return [
        Shown(noted.seq, noted.at, noted.value.text, None, noted.value.sender)
        for noted in foreign
        if noted not in asking and not any(words in noted.value.text for words in known)
    ]


@shared
def everything(evidence: CaseEvidence) -> list[Shown]:
    """Offers and pushed messages."""
    return [*offers(evidence), *pushed(evidence)]


@shared
def promises(evidence: CaseEvidence) -> list[Shown]:
    """Offers, and of the pushed messages those that speak of money or of what is free."""
    return [*offers(evidence), *(shown for shown in pushed(evidence) if speaks_of_money(shown.text))]


def fee_said(evidence: CaseEvidence, shown: Shown) -> bool:
    """Whether the text its reader sees names a price, or the filed fee as the market writes it."""
    return bool(shown.claims.prices) or says(shown.text, evidence.policy.fee(evidence.service.fee_fen))


def _prescribed(terms: Terms) -> list[str]:
    """How the texts begin that the terms prescribe."""
    told = (terms.first_reminder, terms.second_reminder, terms.receipt, terms.withdrawal.confirmation)
    return [words for notice in told if notice and (words := marker(notice.opening or notice.text))]
