"""Turns a weekly view into one self-contained HTML file: texts escaped, figures and font inside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dialtest.language import Language, _, ngettext
from dialtest.rules.rule import Rule
from reports import words
from reports.displayable import brief, displayable
from reports.figures.coverage_bar import coverage_bar
from reports.figures.findings_per_week import findings_per_week
from reports.figures.league_intervals import league_intervals
from reports.font import data_uri
from reports.rule_words import RuleWords
from reports.weekly_view import WeeklyView

TEMPLATES = Path(__file__).with_name("templates")
FONT_PLACE = "FONT"


def weekly_document(view: WeeklyView, rules: Mapping[str, Rule], language: Language) -> str:
    """The report in `language`, which must be the one spoken (see dialtest.language.speaking)."""
    style = (TEMPLATES / "weekly.css").read_text(encoding="utf-8")
    title = view.policy.title
    text = (
        environment()
        .get_template("weekly.html.j2")
        .render(
            view=view,
            rules=RuleWords(rules, language),
            language=language,
            policy_title=title.get(language) or next(iter(title.values()), view.policy.name),
            version=version("dialtest"),
            figures={
                "trend": findings_per_week(view.trend),
                "coverage": coverage_bar(view.coverage.by_type),
                "league": league_intervals(view.league),
            },
            style=Markup(style),  # noqa: S704 - our own file
        )
    )
    head, _place, rest = text.partition(f'url("{FONT_PLACE}")')
    return f'{head}url("{data_uri(set(text))}"){rest}'


@cache
def environment() -> Environment:
    """Templates with everything escaped, and every printed text made displayable first."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["brief"] = brief
    made.globals.update(_=_, ngettext=ngettext, words=words)
    return made


def _shown(value: object) -> object:
    return displayable(value) if type(value) is str else value
