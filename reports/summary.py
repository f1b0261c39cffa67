"""Makes the final summary of a campaign folder (D9): opens it, forms the view, writes the document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dialtest.folder.campaign import open_campaign
from dialtest.folder.papers import cities_of, day_of, read_papers
from dialtest.language import Language, checked, speaking
from dialtest.policy.phases import in_language
from dialtest.rules.rule import Rule
from reports.document import self_contained
from reports.figures.fees_by_month import fees_by_month
from reports.figures.rates_by_month import rates_by_month
from reports.rule_words import RuleWords
from reports.summary_view import SummaryView, summary_view
from reports.weekly import open_source, write_document

STYLES = ("weekly.css", "summary.css")


def write_summary(folder: Path, language: str, out: Path | None = None) -> Path:
    """Write the final summary in `language` (zh or en), by default to reports/summary.zh.html; its path.

    It tells the campaign as far as the journal has come, and can be written at any time. Raises DialtestError for a
    folder that is no campaign, papers that cannot be read and a campaign that dialled nothing, CouldNotTest when the
    file cannot be written.
    """
    code = checked(language)
    campaign = open_campaign(folder)
    papers = read_papers(folder, campaign.policy)
    source = open_source(folder)
    try:
        with speaking(code):
            view = summary_view(source, papers, cities_of(campaign), campaign.starts, campaign.ends, day_of(campaign))
            path = out or folder / "reports" / f"summary.{code}.html"
            write_document(path, summary_document(view, source.rules, code))
    finally:
        source.journal.close()
    return path


def summary_document(view: SummaryView, rules: Mapping[str, Rule], language: Language) -> str:
    """The summary in `language`, which must be the one spoken."""
    between = (view.compared.before_ends, view.compared.after_starts)
    return self_contained(
        "summary.html.j2",
        STYLES,
        language,
        view=view,
        rules=RuleWords(rules, language),
        policy_title=in_language(view.policy.title, language),
        in_language=in_language,
        figures={"rates": rates_by_month(view.months, between), "fees": fees_by_month(view.effects)},
    )
