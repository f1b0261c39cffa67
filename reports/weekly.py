"""Makes the weekly report of a campaign folder: opens it, forms the view, writes the document and the lists."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dialtest.campaign.judging import findings
from dialtest.clock import Week
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.folder.papers import read_papers
from dialtest.language import _, checked, speaking
from dialtest.rules.registry import all_rules
from reports.document import weekly_document
from reports.findings_list import columns, rows
from reports.hotline_page import hotline_page
from reports.rule_words import RuleWords
from reports.source import Source
from reports.spreadsheet import write_csv, write_xlsx
from reports.weekly_view import weekly_view

DAY = timedelta(days=1)


def open_source(folder: Path) -> Source:
    """What reports of the campaign in `folder` are made from; its journal must be closed afterwards."""
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url, create=False)
    rules = {rule.name: rule for rule in all_rules()}
    return Source(campaign.name, campaign.policy, campaign.services, rules, journal, campaign.settings.seed)


def write_weekly(
    folder: Path,
    week: Week | None,
    language: str,
    out: Path | None = None,
    csv: Path | None = None,
    xlsx: Path | None = None,
) -> Path:
    """Write the report of one week in `language` (zh or en), by default to reports/weekly-2006-W30.zh.html; its path.

    Without a week: the last one in which a verdict became due. csv and xlsx: where to write the week's findings as a
    list too. Raises DialtestError for a folder that is no campaign and a week before the first dial, CouldNotTest when
    a file cannot be written.
    """
    code = checked(language)
    source = open_source(folder)
    try:
        with speaking(code):
            week = week or _last_week(source)
            tasks = read_papers(folder, source.policy).tasks(source.policy, week.end(source.policy.zone).date() - DAY)
            view = weekly_view(source, week, tasks, hotline_page(folder, source.policy, week))
            path = out or folder / "reports" / f"weekly-{view.week}.{code}.html"
            write_document(path, weekly_document(view, source.rules, code))
            rule_words = RuleWords(source.rules, code)
            for list_path, write in ((csv, write_csv), (xlsx, write_xlsx)):
                if list_path is not None:
                    write(list_path, columns(), rows(view, rule_words))
    finally:
        source.journal.close()
    return path


def _last_week(source: Source) -> Week:
    found = findings(source.journal)
    if not found:
        raise DialtestError(_("Nothing was found so far, so no week stands out."), _("Name one: --week 2006-W30."))
    return Week.of(source.policy.local(found[-1].due_at))


def write_document(path: Path, text: str) -> None:
    """Write beside and move into place, so that nobody opens half a report; raises CouldNotTest where that fails."""
    beside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CouldNotTest(
            _("The report {path} cannot be written: {error}.").format(path=path, error=error.strerror or error),
            _("Free disk space, or choose another place with --out."),
        ) from None
