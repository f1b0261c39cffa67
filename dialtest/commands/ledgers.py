"""`dialtest sandbox ledgers`: what the embedded carrier's systems hold on a day of a campaign, for the audits."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import click

from dialtest.commands.screen import folder_argument, json_option, tell
from dialtest.errors import DialtestError
from dialtest.language import _

MOST_AFTER = timedelta(days=366)


@click.command()
@folder_argument
@click.option(
    "--at",
    "when",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
    help="The time of the export, by the market's clock; default: the end of the campaign.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the four files."
)
@json_option
def ledgers(folder: Path, when: datetime | None, out: Path, as_json: bool) -> None:
    """Play the campaign on its embedded carrier, faults and all, and export what BOSS, MISC and billing hold then.

    Writes boss.csv, misc.csv, cdr.csv and out_of_step.csv (what the carrier itself found and put right). The journal
    is left as it is.

    \b
    Example:  dialtest sandbox ledgers my-campaign --at 2006-09-01 --out september
              dialtest audit subscriptions september/boss.csv september/misc.csv
    """
    # Imported here: no other verb of this group needs a whole campaign.
    from dialtest.campaign.ledgers import take_ledgers
    from dialtest.folder.campaign import open_campaign

    campaign = open_campaign(folder, network="sandbox")
    policy = campaign.policy
    at = when.replace(tzinfo=policy.zone) if when else policy.midnight(campaign.ends + timedelta(days=1))
    if not campaign.begins <= at <= policy.midnight(campaign.ends) + MOST_AFTER:
        raise DialtestError(
            _("--at {at} lies outside the campaign, {starts} to {ends}.").format(
                at=f"{at:%Y-%m-%d %H:%M}", starts=campaign.starts, ends=campaign.ends
            ),
            _("Give a time from its first day to a year after its last."),
        )
    try:
        taken = take_ledgers(campaign, at, out)
    except OSError as error:
        raise DialtestError(
            _("{path} cannot be written: {reason}.").format(path=error.filename or out, reason=error.strerror),
            _("Choose another folder with --out."),
        ) from None
    if as_json:
        click.echo(json.dumps(asdict(taken) | {"taken_at": taken.taken_at.isoformat()}))
        return
    words = _("Taken at {at}: {boss} rows of BOSS, {misc} of MISC, {cdr} charge records; {found} finds of the carrier.")
    clock = f"{taken.taken_at:%Y-%m-%d %H:%M:%S}"
    tell(words.format(at=clock, boss=taken.boss, misc=taken.misc, cdr=taken.cdr, found=taken.out_of_step))
    tell(_("Written to {path}: boss.csv, misc.csv, cdr.csv, out_of_step.csv").format(path=out))
