"""The embedded carrier's ledgers on a day of a campaign, which is played as far as that; nothing is journalled."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dialtest.campaign.drive import cast_of, few_collections, plan_campaign, spend_of
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.journal import CaseChain, Journal
from dialtest.evidence.record import Record
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign
from dialtest.sandbox.exports import (
    CHARGE_COLUMNS,
    OUT_OF_STEP_COLUMNS,
    SUBSCRIPTION_COLUMNS,
    Row,
    boss_rows,
    charge_rows,
    misc_rows,
    out_of_step_rows,
)

LOOK_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was exported, and when: rows of each file."""

    taken_at: datetime
    boss: int
    misc: int
    cdr: int
    out_of_step: int


class _Forgetting(Journal):
    """A journal that keeps nothing."""

    def __init__(self) -> None:
        super().__init__(open_journal("sqlite://").engine)

    def append(self, chain: CaseChain, record: Record) -> bool:
        chain.seq += 1
        return True

    def commit(self) -> None:
        """Nothing to commit."""


def take_ledgers(campaign: Campaign, at: datetime, folder: Path) -> Taken:
    """Play the campaign as far as `at`; write boss.csv, misc.csv, cdr.csv and out_of_step.csv into `folder` (Q3, Q6).

    They are taken at the first moment from then on at which nothing is on its way between the two systems, and at
    latest when both may differ no longer. Raises OSError where the folder cannot be written.
    """
    driver = _played(campaign, at)
    taken_at = _settled(driver, at)
    folder.mkdir(parents=True, exist_ok=True)
    accounts = [account for _, account in sorted(driver.carrier.accounts.items())]
    found = driver.carrier.core.watch.found
    return Taken(
        taken_at,
        _write(folder / "boss.csv", SUBSCRIPTION_COLUMNS, boss_rows(accounts)),
        _write(folder / "misc.csv", SUBSCRIPTION_COLUMNS, misc_rows(accounts)),
        _write(folder / "cdr.csv", CHARGE_COLUMNS, charge_rows(accounts)),
        _write(folder / "out_of_step.csv", OUT_OF_STEP_COLUMNS, out_of_step_rows(found)),
    )


def _played(campaign: Campaign, at: datetime) -> VirtualDriver:
    kept = open_journal(campaign.journal_url)
    planned = plan_campaign(campaign, kept).cases
    kept.engine.dispose()
    cast = cast_of(campaign)
    cases = [
        case
        for case in planned
        if case.service in cast.services and case.msisdn in cast.numbers and case.scenario in cast.scenarios
    ]
    runner = Runner(cast, _Forgetting(), spend_of(campaign))
    driver = VirtualDriver(runner, campaign.planted(), campaign.begins, (case.msisdn for case in cases))
    with few_collections():
        driver.run(cases, at)
        driver.agenda.advance(at)
    return driver


def _settled(driver: VirtualDriver, at: datetime) -> datetime:
    """Let time pass until nothing is on its way; the time it is then."""
    terms = driver.carrier.core.synchronisation
    last = at + timedelta(seconds=terms.out_of_step_s if terms else 0)
    accounts = driver.carrier.accounts.values()
    while driver.agenda.now < last and any(account.line and account.line.busy for account in accounts):
        driver.agenda.advance(min(driver.agenda.now + LOOK_AGAIN, last))
    return driver.agenda.now


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write one export; how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
