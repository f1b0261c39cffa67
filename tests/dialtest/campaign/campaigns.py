"""Campaign folders for tests: a sample of a few services, with faults as wanted."""

from __future__ import annotations

from pathlib import Path

from dialtest.campaign.drive import drive, plan_campaign
from dialtest.evidence.heads import every_head
from dialtest.evidence.journal import Journal
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.sample.sample import write_sample


def sample(folder: Path, services: int = 30, clean: bool = False, seed: int = 3, **overrides: object) -> Campaign:
    """A sample campaign written into `folder` and opened."""
    write_sample(folder, services=services, seed=seed, clean=clean)
    return open_campaign(folder, **overrides)


def driven(campaign: Campaign, jobs: int = 1) -> Journal:
    """The campaign's journal after a whole run."""
    journal = open_journal(campaign.journal_url)
    drive(campaign, journal, plan_campaign(campaign, journal).cases, None, jobs)
    return journal


def heads(journal: Journal) -> dict[str, tuple[int, bytes]]:
    """Every case's number of records and head: equal heads mean equal evidence."""
    with journal.reading() as connection:
        return {case: (records, head) for case, records, head in every_head(connection)}
