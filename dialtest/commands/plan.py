"""`dialtest plan`: which service is tested with which scenario, number and team, and when."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from dialtest.campaign.drive import plan_campaign
from dialtest.campaign.plan import Plan, PlannedCase, dials_by_service, is_own, teams_by_service
from dialtest.campaign.sweeping import SWEEP
from dialtest.clock import Week
from dialtest.commands.screen import clean, folder_argument, json_option, say, tell, word
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.language import _
from dialtest.standing.power import detection_power, dials_needed

SHARES = (0.05, 0.1, 0.3, 1.0)
MOST_ROWS = 60


@click.command()
@folder_argument
@click.option("--week", metavar="2006-W30", help="Show only the dials that begin in this week.")
@json_option
def plan(folder: Path, week: str | None, as_json: bool) -> None:
    """Show which service is tested with which scenario, number, team, and when; coverage and detection power.

    \b
    Example:  dialtest plan my-campaign --week 2006-W30
    """
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    made = plan_campaign(campaign, journal)
    journal.close()
    shown = tuple(case for case in made.cases if case.scenario != SWEEP)
    if week is not None:
        shown = _of_week(shown, Week.parse(week), campaign)
    if as_json:
        click.echo(json.dumps(_as_json(campaign, made, shown), ensure_ascii=False, indent=1))
    else:
        _print(campaign, made, shown)


def _of_week(cases: tuple[PlannedCase, ...], week: Week, campaign: Campaign) -> tuple[PlannedCase, ...]:
    start, end = week.start(campaign.policy.zone), week.end(campaign.policy.zone)
    return tuple(case for case in cases if start <= case.starts_at < end)


def _as_json(campaign: Campaign, made: Plan, shown: tuple[PlannedCase, ...]) -> dict[str, object]:
    dials = dials_by_service(made.cases, campaign.scenarios, campaign.numbers)
    return {
        "cases": [_case_as_json(campaign, case) for case in shown],
        "services": len(campaign.services),
        "services_planned": len(_covered(campaign, made)),
        "services_of_several_teams": _of_several_teams(campaign, made),
        "own_dials": sum(is_own(case, campaign.numbers) for case in made.cases),
        "numbers": len(campaign.numbers),
        "numbers_short": made.numbers_short,
        "without_number": made.without_number,
        "without_time": made.without_time,
        "fewest_ordering_dials": min(dials.values(), default=0),
    }


def _case_as_json(campaign: Campaign, case: PlannedCase) -> dict[str, object]:
    """One planned dial; the team is null where the number has left the campaign."""
    number = campaign.numbers.get(case.msisdn)
    return {
        "case": case.case,
        "service": case.service,
        "companion": case.companion or None,
        "scenario": case.scenario,
        "msisdn": case.msisdn,
        "team": number.team if number else None,
        "starts_at": case.starts_at.isoformat(),
    }


def _print(campaign: Campaign, made: Plan, shown: tuple[PlannedCase, ...]) -> None:
    table = Table(_("starts"), _("service"), _("name"), _("scenario"), _("number"), _("team"))
    for case in shown[:MOST_ROWS]:
        service, number = campaign.services.get(case.service), campaign.numbers.get(case.msisdn)
        name = service.name if service else "?"
        when, team = f"{case.starts_at:%Y-%m-%d %H:%M}", word(number.team) if number else "?"
        table.add_row(when, *map(clean, (case.service, name, case.scenario, case.msisdn, team)))
    if shown:
        say(table)
    else:
        tell(_("No dial begins then."))
    if len(shown) > MOST_ROWS:
        tell(_("… and {count} more; --json shows all.").format(count=len(shown) - MOST_ROWS))
    _print_power(campaign, made)
    _print_shortage(made)


def _covered(campaign: Campaign, made: Plan) -> set[str]:
    return {case.service for case in made.cases if not is_own(case, campaign.numbers)}


def _of_several_teams(campaign: Campaign, made: Plan) -> int:
    return sum(len(teams) > 1 for teams in teams_by_service(made.cases, campaign.numbers).values())


def _print_power(campaign: Campaign, made: Plan) -> None:
    own = sum(is_own(case, campaign.numbers) for case in made.cases)
    services = len(_covered(campaign, made))
    counts = {"cases": len(made.cases) - own, "services": services, "all": len(campaign.services)}
    tell(_("{cases} dials of {services} of {all} services.").format(**counts))
    several = _of_several_teams(campaign, made)
    tell(_("{several} services are dialled by more than one team.").format(several=several))
    if own:
        tell(
            _("{own} dials by providers of their own services come on top; they count as nobody's coverage.").format(
                own=own
            )
        )
    dials = sorted(dials_by_service(made.cases, campaign.scenarios, campaign.numbers).values())
    if not dials:
        return
    middle = dials[len(dials) // 2]
    tell(_("Ordering dials per service: {fewest} to {most}.").format(fewest=dials[0], most=dials[-1]))
    table = Table(_("share of orders cheated"), _("seen with these dials"), _("dials needed for 95 %"))
    for share in SHARES:
        table.add_row(f"{share:.0%}", f"{detection_power(share, middle):.1%}", str(dials_needed(share)))
    say(table)


def _print_shortage(made: Plan) -> None:
    if made.without_number:
        counts = {"count": made.without_number, "short": made.numbers_short}
        tell(_("{count} dials have no number: {short} more test numbers would serve them.").format(**counts))
    if made.without_time:
        text = _("{count} dials no longer end within the campaign; begin earlier or end later.")
        tell(text.format(count=made.without_time))
    if made.services_without_scenario:
        some = ", ".join(made.services_without_scenario[:5])
        tell(_("No scenario fits these services: {some}.").format(some=some))
