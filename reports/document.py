"""Turns a view into one self-contained HTML file: texts escaped, figures and font inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dialtest.language import Language, _, ngettext
from dialtest.policy.phases import in_language
from dialtest.rules.rule import Rule
from reports import words
from reports.displayable import brief, displayable
from reports.figures.agents_ahead import agents_ahead
from reports.figures.coverage_bar import coverage_bar
from reports.figures.findings_per_week import findings_per_week
from reports.figures.league_intervals import league_intervals
from reports.figures.measured_against_forecast import measured_against_forecast
from reports.font import data_uri
from reports.rule_words import RuleWords
from reports.weekly_view import WeeklyView

TEMPLATES = Path(__file__).with_name("templates")
FONT_PLACE = "FONT"


def weekly_document(view: WeeklyView, rules: Mapping[str, Rule], language: Language) -> str:
    """The report in `language`, which must be the one spoken (see dialtest.language.speaking)."""
    return self_contained(
        "weekly.html.j2",
        ("weekly.css",),
        language,
        view=view,
        rules=RuleWords(rules, language),
        policy_title=in_language(view.policy.title, language),
        in_language=in_language,
        figures={
            "trend": findings_per_week(view.trend),
            "coverage": coverage_bar(view.coverage.by_type),
            "league": league_intervals(view.league),
            "measured": [measured_against_forecast(run.brands) for run in view.hotline.runs] if view.hotline else [],
            "ahead": agents_ahead(view.hotline.days) if view.hotline else "",
        },
    )


def self_contained(template: str, styles: Sequence[str], language: Language, **context: object) -> str:
    """A template with everything it needs inside: its style sheets one after the other, and the font of its letters.

    The first style sheet names the font's place; `language` and `version` are given to every template.
    """
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    trusted = Markup(style)  # noqa: S704 - our own files
    made = environment().get_template(template)
    text = made.render(language=language, version=version("dialtest"), style=trusted, **context)
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
