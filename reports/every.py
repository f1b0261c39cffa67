"""Every report of a campaign, one after the other, so that nobody needs to know their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dialtest.campaign.judging import findings
from dialtest.clock import Week
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.folder.papers import day_of
from dialtest.language import LANGUAGES
from dialtest.review.matter_file import matter_files
from load.measured import all_measured
from reports.bulletin import write_bulletins
from reports.half_month import HalfMonth
from reports.notice import write_notice
from reports.summary import write_summary
from reports.weekly import write_weekly

MOST_NOTICES = 5


def write_every(folder: Path) -> Iterator[Path]:
    """Write all reports of a campaign in both languages, giving the path of each as it is written.

    The weekly reports of the week with most verdicts and of those in which the hotline was loaded, the bulletins of all
    half months so far, the final summary, and the notices of the most harmful confirmed matters. Raises as their
    writers do.
    """
    campaign = open_campaign(folder)
    local = campaign.policy.local
    journal = open_journal(campaign.journal_url, create=False, read_only=True)
    try:
        weeks = Counter(Week.of(local(found.due_at)) for found in findings(journal))
        files = matter_files(journal)
    finally:
        journal.close()
    week = max(weeks, key=lambda week: (weeks[week], week), default=Week.of(campaign.begins))
    confirmed = [file for file in files if file.last("confirm") is not None]
    for language in LANGUAGES:
        for one in sorted({week, *_loaded_weeks(campaign)}):
            yield write_weekly(folder, one, language)
        yield write_summary(folder, language)
        for file in confirmed[:MOST_NOTICES]:
            yield from write_notice(folder, file.key.id, language)
    yield from write_bulletins(folder, _halves(campaign), LANGUAGES)


def _loaded_weeks(campaign: Campaign) -> Iterator[Week]:
    """The weeks whose calls were put on a hotline, as far as the campaign has come."""
    last = Week.of(min(day_of(campaign), campaign.ends))
    for run in all_measured(campaign.folder):
        week = Week.of(campaign.policy.local(run.begins))
        if week <= last:
            yield week


def _halves(campaign: Campaign) -> Iterator[HalfMonth]:
    half, last = HalfMonth.of(campaign.starts), HalfMonth.of(min(day_of(campaign), campaign.ends))
    while half <= last:
        yield half
        half = half.next
