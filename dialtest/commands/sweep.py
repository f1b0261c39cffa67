"""`dialtest sweep`: leaves no subscription of the tests behind."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dialtest.campaign.drive import drive
from dialtest.campaign.planbook import planned_cases
from dialtest.campaign.sweeping import left_open, sweep_cases
from dialtest.commands.screen import folder_argument, json_option, progress, tell
from dialtest.errors import DialtestError
from dialtest.evidence.seal import seal
from dialtest.evidence.store import hold, open_journal
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import open_campaign
from dialtest.language import _


@click.command()
@folder_argument
@click.option("--network", help="“sandbox” for the embedded carrier, or the URL of a carrier.")
@json_option
def sweep(folder: Path, network: str | None, as_json: bool) -> None:
    """Withdraw every subscription the tests left open, in-doubt ones included, and show that nothing is left.

    Exit code 1 when something is left all the same.

    \b
    Example:  dialtest sweep my-campaign
    """
    campaign = open_campaign(folder, network=network)
    with hold(campaign.folder):
        journal = open_journal(campaign.journal_url)
        planned = planned_cases(journal, campaign.policy)
        now = last_time(journal)
        if now is None:
            raise DialtestError(_("This campaign has not dialled yet."), _("Run `dialtest run` first."))
        cases, busy = sweep_cases(journal, planned, campaign.policy.local(now))
        with progress(_("Sweeping"), len(planned) + len(cases)) as on_closed:
            drive(campaign, journal, [*planned, *cases], None, 1, on_closed)
        seal(journal, last_time(journal) or now)
        left = left_open(journal, cases)
        journal.close()
    if as_json:
        rows = [{"msisdn": item.msisdn, "service": item.row.service_name if item.row else None} for item in left]
        click.echo(json.dumps({"numbers": len(cases), "busy": busy, "left": rows}, ensure_ascii=False))
    else:
        tell(_("{count} numbers were asked.").format(count=len(cases)))
        if busy:
            tell(_("{count} numbers still run a case and were left alone.").format(count=len(busy)))
        for item in left:
            what = f"{item.row.provider_name} {item.row.service_name}" if item.row else _("could not be asked")
            tell(f"{item.msisdn}  {what}")
        tell(_("{count} subscriptions are left.").format(count=len(left)) if left else _("Nothing is left."))
    raise SystemExit(1 if left else 0)
