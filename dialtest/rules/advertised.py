"""Everything a customer was told about a service before or beside the order: filed adverts, pages, pushed messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dialtest.adverts import Claims, PageReading, claims_of, page_of
from dialtest.model.act import OpenPage
from dialtest.model.observation import Page
from dialtest.policy.wording import marker
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.prompt import prompts

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing shown, in record `seq`: the text its reader sees, and the page it is when it is one."""

    seq: int
    at: datetime
    text: str
    page: PageReading | None = None

    @property
    def claims(self) -> Claims:
        """What it promises."""
        return self.page.claims if self.page else claims_of(self.text)

    @property
    def excerpt(self) -> str:
        """Its beginning, on one line, for a finding's facts."""
        return " ".join(self.text.split())[:EXCERPT]


def offers(evidence: CaseEvidence) -> tuple[Shown, ...]:
    """The adverts filed with the service, and its own page as it was opened: what must say everything."""
    return evidence.once(_every_offer)


def _every_offer(evidence: CaseEvidence) -> tuple[Shown, ...]:
    return tuple(_offers(evidence))


def _offers(evidence: CaseEvidence) -> Iterator[Shown]:
    opened = evidence.opened
    for advert in evidence.service.adverts:
        if advert.text:
            yield Shown(opened.seq, opened.at, advert.text)
    yield from pages(evidence)


def pages(evidence: CaseEvidence) -> tuple[Shown, ...]:
    """Pages that were opened; what a pressed button leads to is no advert."""
    return evidence.once(_every_page)


def _every_page(evidence: CaseEvidence) -> tuple[Shown, ...]:
    return tuple(_pages(evidence))


def _pages(evidence: CaseEvidence) -> Iterator[Shown]:
    for touched in evidence.touched:
        page = touched.result
        if isinstance(touched.act, OpenPage) and isinstance(page, Page) and page.status == 200:
            reading = _reading(page.content)
            yield Shown(touched.seq, page.at, reading.text, reading)


def pushed(evidence: CaseEvidence) -> tuple[Shown, ...]:
    """Messages from elsewhere than the carrier's ports that are none of the texts the market prescribes."""
    return evidence.once(_every_pushed)


def _every_pushed(evidence: CaseEvidence) -> tuple[Shown, ...]:
    return tuple(_pushed(evidence))


def _pushed(evidence: CaseEvidence) -> Iterator[Shown]:
    terms = evidence.terms(evidence.opened.at)
    known = _prescribed(
        tuple(
            reminder.opening or reminder.text
            for reminder in (terms.first_reminder, terms.second_reminder, terms.receipt, terms.withdrawal.confirmation)
            if reminder is not None
        )
    )
    asking = {noted.seq for noted in prompts(evidence)}
    for noted in evidence.messages:
        message = noted.value
        if message.sender in evidence.policy.carrier_ports or noted.seq in asking:
            continue
        if not any(words in message.text for words in known):
            yield Shown(noted.seq, noted.at, message.text)


def fee_said(evidence: CaseEvidence, shown: Shown) -> bool:
    """Whether the text its reader sees names a price, or the filed fee as the market writes it."""
    return bool(shown.claims.prices) or evidence.policy.fee(evidence.service.fee_fen) in shown.text


@lru_cache(maxsize=4096)  # content and page texts come again and again
def says_any(pattern: re.Pattern[str], text: str) -> str:
    """The words of `text` that match, empty when none do."""
    found = pattern.search(text)
    return found[0] if found else ""


@lru_cache(maxsize=512)
def _reading(content: str) -> PageReading:
    return page_of(content)


@lru_cache(maxsize=64)
def _prescribed(templates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words for words in map(marker, templates) if words)
