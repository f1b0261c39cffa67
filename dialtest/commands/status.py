"""`dialtest status`: how far the campaign is."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from dialtest.commands.screen import clean, folder_argument, json_option, say, tell, word
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.language import _
from dialtest.model.brand import brand_name
from dialtest.standing.connection_rate import ConnectionRate
from dialtest.standing.standing import Standing, standing_of

MOST_DISAGREEMENTS = 20


@click.command()
@folder_argument
@json_option
def status(folder: Path, as_json: bool) -> None:
    """Coverage by provider, open cases, in-doubt cases, findings so far.

    \b
    Example:  dialtest status my-campaign
    """
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    standing = standing_of(campaign, journal)
    journal.close()
    if as_json:
        click.echo(json.dumps(standing.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(standing)


def _print(standing: Standing) -> None:
    table = Table(_("provider"), _("name"), _("services dialled"), _("dials"), _("findings"))
    for row in standing.providers:
        dialled = f"{row.services_dialled}/{row.services}"
        table.add_row(*map(clean, (row.code, row.name, dialled, str(row.dials), str(row.findings))))
    say(table)
    _print_teams(standing)
    counts = {"completed": standing.completed, "inconclusive": standing.inconclusive, "open": standing.open}
    tell(_("{completed} cases completed, {inconclusive} inconclusive, {open} open.").format(**counts))
    tell(_("Findings so far: {count}.").format(count=standing.findings))
    for rate in standing.connection:
        tell(_connection(rate))
    for reason, count in standing.reasons[:10]:
        tell(_("Inconclusive {count} times: {reason}").format(count=count, reason=reason))
    for case in standing.in_doubt:
        tell(_("In doubt, never sent again: {case}").format(case=case))


def _print_teams(standing: Standing) -> None:
    table = Table(_("team"), _("services dialled"), _("dials"))
    for row in standing.teams:
        table.add_row(word(row.team), str(row.services), str(row.dials))
    say(table)
    tell(_("{several} services were dialled by more than one independent team.").format(several=standing.several_teams))
    for one in standing.disagreements[:MOST_DISAGREEMENTS]:
        text = _(
            "Teams disagree on {service} ({rule}, {scenario}): {finder} found it in {found} of {of_dials} dials, "
            "{other} in none of {clean}."
        )
        tell(
            text.format(
                service=f"{one.provider_code}/{one.service_code}",
                rule=one.rule,
                scenario=one.scenario,
                finder=word(one.finding_team),
                found=one.found,
                of_dials=one.of_dials,
                other=word(one.clean_team),
                clean=one.clean,
            )
        )
    if len(standing.disagreements) > MOST_DISAGREEMENTS:
        left = len(standing.disagreements) - MOST_DISAGREEMENTS
        tell(_("… and {count} more; --json shows all.").format(count=left))


def _connection(row: ConnectionRate) -> str:
    """One brand's connection rate in a sentence."""
    words = _("Hotline, {brand}: {answered} of {asked} calls got an agent, {rate} ({low} to {high}); {judged}.")
    judged = {
        "kept": _("the standard of {standard} is kept"),
        "below": _("below the standard of {standard}"),
        "unknown": _("too few calls to tell against the standard of {standard}"),
    }[row.verdict].format(standard=f"{row.standard or 0:.0%}")
    shares = {"rate": f"{row.rate:.0%}", "low": f"{row.low:.0%}", "high": f"{row.high:.0%}"}
    return words.format(
        brand=clean(brand_name(row.brand)), answered=row.answered, asked=row.asked, judged=judged, **shares
    )
