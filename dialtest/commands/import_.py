"""`dialtest import`: dial results other teams kept in spreadsheets become evidence of their own kind."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dialtest.campaign.imported import import_results
from dialtest.commands.screen import folder_argument, json_option, tell
from dialtest.evidence.store import hold, open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.language import _


@click.command("import")
@folder_argument
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def import_(folder: Path, file: Path, as_json: bool) -> None:
    """Add dial results from a CSV or XLSX file to a campaign's evidence, marked as imported.

    One row for each thing done or seen; docs/campaign-folder.md lists the columns. A file with a bad row adds nothing,
    and every bad row is told; importing a file again adds nothing either.

    \b
    Example:  dialtest import my-campaign third-party-july.xlsx
    """
    campaign = open_campaign(folder)
    with hold(campaign.folder):
        journal = open_journal(campaign.journal_url)
        try:
            imported = import_results(campaign, journal, file)
        finally:
            journal.close()
    if as_json:
        added = {"cases": imported.cases, "records": imported.records, "known": imported.known}
        click.echo(json.dumps(added))
    else:
        words = _("{cases} cases with {records} records imported; {known} were there already.")
        tell(words.format(cases=imported.cases, records=imported.records, known=imported.known))
        tell(_("Judge them with: dialtest judge {folder}").format(folder=folder))
