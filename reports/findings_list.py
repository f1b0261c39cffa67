"""The week's findings as a flat list: the columns and cells every spreadsheet of them has."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.language import _
from dialtest.model.finding import Finding
from dialtest.rules.wrong_charge import refund_due_fen
from reports import words
from reports.matter import Matter
from reports.rule_words import RuleWords
from reports.weekly_view import WeeklyView

Cell = str | int


def columns() -> tuple[str, ...]:
    """The headings, in the active language."""
    return (
        _("Week"),
        _("Status"),
        _("Severity"),
        _("Breach"),
        _("Provider code"),
        _("Provider"),
        _("Service code"),
        _("Service"),
        _("Rule"),
        _("Rule version"),
        _("Clauses"),
        _("Title"),
        _("What was found"),
        _("Verdict due"),
        _("Case"),
        _("Records"),
        _("Refund due"),
        _("Matter"),
        _("State"),
        _("Deadline"),
    )


def rows(view: WeeklyView, rules: RuleWords) -> Iterator[tuple[Cell, ...]]:
    """One row for each finding due in the week, most harmful matters first."""
    for provider in view.decisions:
        for matter in provider.matters:
            for finding in matter.this_week:
                yield _row(view, rules, matter, finding)


def _row(view: WeeklyView, rules: RuleWords, matter: Matter, finding: Finding) -> tuple[Cell, ...]:
    review = view.reviews[matter.key]
    return (
        str(view.week),
        words.status(matter.status),
        words.severity(finding.severity),
        words.breach(finding.breach),
        finding.provider_code,
        matter.provider_name,
        finding.service_code,
        matter.service_name,
        finding.rule,
        finding.rule_version,
        ", ".join(rules.clauses(finding.rule)),
        rules.title(finding.rule),
        rules.message(finding),
        words.second(finding.due_at, view.policy),
        finding.case,
        ", ".join(map(str, finding.records)),
        view.policy.fee(refund_due_fen(finding)),
        review.id,
        words.state(review.state),
        words.minute(review.deadline, view.policy) if review.deadline else "",
    )
