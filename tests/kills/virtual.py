"""A virtual campaign as a process that ends itself with SIGKILL."""

from __future__ import annotations

import os
import signal
from itertools import count
from pathlib import Path

from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence import journal as journal_module
from dialtest.evidence.journal import Journal
from dialtest.sandbox.agenda import NETWORK_FIRST
from tests.kills.campaign import killed_campaign

GROUP_RECORDS = 50


def dial(folder: Path, seed: int, commits: int) -> None:
    """Dial in virtual time; die at the first thing that happens after so many groups of records, 0: live."""
    campaign = killed_campaign(seed)
    journal_module.GROUP_RECORDS = GROUP_RECORDS
    journal = campaign.journal(folder)
    journal.expect_recorded()
    runner = Runner(campaign.cast, journal)
    driver = VirtualDriver(runner, campaign.faults, campaign.begins, campaign.cast.numbers)
    if commits:
        _die_at(journal, commits, driver)
    driver.run(campaign.planned)
    journal.close()


def _die_at(journal: Journal, commits: int, driver: VirtualDriver) -> None:
    """Die at the first thing that happens after the last of `commits` commits."""
    commit, done = journal.commit, count(1)

    def counted() -> None:
        commit()
        if next(done) == commits:
            driver.agenda.at(driver.agenda.now, NETWORK_FIRST, os.kill, os.getpid(), signal.SIGKILL)

    journal.commit = counted  # type: ignore[method-assign]
