"""Makes the half-month bulletin of a campaign folder (D6): opens it, forms the view, writes one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dialtest.campaign.folder import open_campaign
from dialtest.campaign.judging import findings
from dialtest.campaign.papers import cities_of, read_papers
from dialtest.errors import DialtestError
from dialtest.language import Language, _, checked, speaking
from dialtest.policy.phases import in_language
from dialtest.rules.rule import Rule
from reports.bulletin_view import BulletinView, bulletin_view
from reports.document import self_contained
from reports.figures.findings_per_half_month import findings_per_half_month
from reports.half_month import HalfMonth
from reports.rule_words import RuleWords
from reports.source import Source
from reports.weekly import open_source, write_document

STYLES = ("weekly.css", "bulletin.css")


def write_bulletin(folder: Path, half: HalfMonth | None, language: str, out: Path | None = None) -> Path:
    """Write the bulletin of half a month in `language` (zh or en), by default to reports/bulletin-2006-07-1.zh.html.

    Without a half month: the last one in which a verdict became due. Returns its path. Raises DialtestError for a
    folder that is no campaign, papers that cannot be read and a half month before the first dial, CouldNotTest when
    the file cannot be written.
    """
    code = checked(language)
    campaign = open_campaign(folder)
    papers = read_papers(folder, campaign.policy)
    source = open_source(folder)
    try:
        with speaking(code):
            view = bulletin_view(source, papers, cities_of(campaign), half or _last_half(source))
            path = out or folder / "reports" / f"bulletin-{view.half}.{code}.html"
            write_document(path, bulletin_document(view, source.rules, code))
    finally:
        source.journal.close()
    return path


def bulletin_document(view: BulletinView, rules: Mapping[str, Rule], language: Language) -> str:
    """The bulletin in `language`, which must be the one spoken."""
    return self_contained(
        "bulletin.html.j2",
        STYLES,
        language,
        view=view,
        rules=RuleWords(rules, language),
        policy_title=in_language(view.policy.title, language),
        in_language=in_language,
        trend=findings_per_half_month(view.trend),
    )


def _last_half(source: Source) -> HalfMonth:
    found = findings(source.journal)
    if not found:
        raise DialtestError(
            _("Nothing was found so far, so no half month stands out."), _("Name one: --half 2006-07-1.")
        )
    return HalfMonth.of(source.policy.local(found[-1].due_at))
