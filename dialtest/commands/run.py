"""`dialtest run`: performs what is due."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import func, select

from dialtest.campaign.drive import drive, plan_campaign
from dialtest.campaign.planbook import keep_plan
from dialtest.campaign.rehearsal import rehearse
from dialtest.commands.screen import folder_argument, json_option, progress, tell
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.seal import seal
from dialtest.evidence.store import hold, open_journal
from dialtest.evidence.turn import turn
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.language import _


@click.command()
@folder_argument
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Perform only what is due before the end of this day.")
@click.option("--network", help="“sandbox” for the embedded carrier, or the URL of a carrier.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes for a virtual run.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent and what it may cost; send nothing.")
@json_option
def run(folder: Path, until: datetime | None, network: str | None, jobs: int, dry_run: bool, as_json: bool) -> None:
    """Perform what is due. Safe to kill and run again: nothing acknowledged is lost, no order is sent twice.

    \b
    Example:  dialtest run my-campaign --until 2006-09-30
              dialtest run my-campaign --network http://127.0.0.1:8086
    """
    campaign = open_campaign(folder, network=network)
    end = end_of_day(campaign, until.date()) if until else None
    if dry_run:
        _show_rehearsal(campaign, end, as_json)
        return
    with hold(campaign.folder):
        journal = open_journal(campaign.journal_url)
        with turn(journal.engine):  # the review books numbers too, while a live campaign is under way
            planned = plan_campaign(campaign, journal)
            keep_plan(journal, planned.cases)
        with progress(_("Dialling"), len(planned.cases)) as on_closed:
            drive(campaign, journal, planned.cases, end, jobs, on_closed)
        sealed = seal(journal, last_time(journal) or campaign.begins)
        counts = case_counts(journal)
        journal.close()
    if as_json:
        click.echo(json.dumps({**counts, "planned": len(planned.cases), "seal": sealed.root}))
        return
    tell(_("{completed} cases completed, {inconclusive} inconclusive, {open} open.").format(**counts))
    tell(_("Seal of {cases} cases: {root}").format(cases=sealed.cases, root=sealed.root))


def end_of_day(campaign: Campaign, day: date) -> datetime:
    """The last instant of a day in the campaign's market."""
    return campaign.policy.midnight(day + timedelta(days=1)) - timedelta(microseconds=1)


def case_counts(journal: Journal) -> dict[str, int]:
    """Cases by state."""
    query = select(schema.cases.c.state, func.count()).group_by(schema.cases.c.state)
    with journal.reading() as connection:
        counted: dict[str, int] = {str(row[0]): int(row[1]) for row in connection.execute(query)}
    return {state: counted.get(state, 0) for state in ("completed", "inconclusive", "open")}


def _show_rehearsal(campaign: Campaign, end: datetime | None, as_json: bool) -> None:
    shown = rehearse(campaign, end)
    if as_json:
        click.echo(json.dumps(shown.as_json(), ensure_ascii=False))
        return
    for line in shown.lines:
        tell(line)
    fee = campaign.policy.fee
    counts = {"cases": shown.cases, "messages": shown.messages, "presses": shown.presses}
    tell(_("{cases} dials would send {messages} messages and press {presses} buttons.").format(**counts))
    if shown.ended:
        tell(_("{ended} dials were made before.").format(ended=shown.ended))
    if shown.calls:
        tell(_("They would ring the hotline {calls} times.").format(calls=shown.calls))
    cost = {"committed": fee(shown.committed_fen), "billed": fee(shown.billed_fen)}
    tell(_("Orders would commit {committed}; an honest carrier would bill {billed}.").format(**cost))
    if shown.refused:
        tell(_("The spend caps would stop {count} orders.").format(count=shown.refused))
    tell(_("Nothing was sent."))
