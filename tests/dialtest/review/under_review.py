"""Builds a matter to review: a judged campaign by hand, and rulings on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialtest.evidence.journal import Journal
from dialtest.model.matter import Move
from dialtest.review.decision import Ruling, decide
from dialtest.review.matter_file import MatterFile, matter_files
from dialtest.rules.rule import Rule
from tests.reports.campaign_builder import OVER_TARIFF, POLICY, CampaignBuilder, at

FOUND_AT = at("08-02")


def found(cases: int = 1, rule: Rule = OVER_TARIFF, url: str = "sqlite://") -> CampaignBuilder:
    """A campaign with one matter, found in so many cases on 2 August at 10:00."""
    built = CampaignBuilder(url=url)
    for _ in range(cases):
        built.found(rule)
    return built


def the_file(journal: Journal) -> MatterFile:
    """The only matter there is."""
    (file,) = matter_files(journal)
    return file


def ruling(move: Move, when: datetime | None = None, **changes: object) -> Ruling:
    """A ruling of the meeting on 8 August."""
    values = {"by": "王芳", "why": "属实", "at": when or at("08-08"), **changes}
    return Ruling(move, **values)  # type: ignore[arg-type]


def take(journal: Journal, *moves: Move, begins: datetime | None = None) -> MatterFile:
    """The only matter, after these moves of the meeting, an hour apart."""
    file, when = the_file(journal), begins or at("08-08")
    for place, move in enumerate(moves):
        file = decide(journal, file, ruling(move, when + timedelta(hours=place)), POLICY)
    return file
