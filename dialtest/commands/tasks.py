"""`dialtest tasks`: what people had to do by when, and whether they did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import click
from rich.table import Column, Table

from dialtest.commands.screen import clean, folder_argument, json_option, say, tell, word
from dialtest.errors import DialtestError
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.folder.halls import HallDelay
from dialtest.folder.papers import cities_of, day_of, read_papers
from dialtest.folder.tasks import TaskStanding, counted
from dialtest.language import _, language
from dialtest.policy.phases import in_language, phases_on


@click.command()
@folder_argument
@click.option("--on", "on_text", metavar="2006-07-20", help="As things stood on this day; default: the last one known.")
@json_option
def tasks(folder: Path, on_text: str | None, as_json: bool) -> None:
    """List the tasks of the campaign's phases: done, late, due or overdue; then halls that are not ready.

    Tasks and deadlines are the policy's; what is done stands in tasks.csv and halls.csv of the campaign folder.

    \b
    Example:  dialtest tasks my-campaign --on 2006-07-20
    """
    campaign = open_campaign(folder)
    papers = read_papers(folder, campaign.policy)
    on = _day(on_text) if on_text else day_of(campaign)
    standings = papers.tasks(campaign.policy, on)
    delays = papers.delays(campaign.policy, on, cities_of(campaign))
    if as_json:
        click.echo(json.dumps(_as_json(campaign, on, standings, delays), ensure_ascii=False, indent=1))
    else:
        _print(campaign, on, standings, delays)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DialtestError(_("“{text}” is not a day.").format(text=text), _("Write it as 2006-07-20.")) from None


def _as_json(
    campaign: Campaign, on: date, standings: Sequence[TaskStanding], delays: Sequence[HallDelay]
) -> dict[str, object]:
    return {
        "on": str(on),
        "phases": [phase.number for phase in phases_on(campaign.policy.phases, on)],
        "counts": counted(standings),
        "tasks": [
            {
                "phase": one.phase.number,
                "task": one.task.task,
                "what": in_language(one.task.what, language()),
                "due": str(one.task.due),
                "status": one.status,
                "done_on": str(one.done.done_on) if one.done else None,
                "by": one.done.by if one.done else "",
                "evidence": one.done.evidence if one.done else "",
                "clauses": one.task.clauses,
            }
            for one in standings
        ],
        "halls": [
            {
                "city": one.city,
                "hall": one.hall,
                "matter": one.matter,
                "due": str(one.due),
                "done_on": str(one.done_on) if one.done_on else None,
            }
            for one in delays
        ],
    }


def _print(campaign: Campaign, on: date, standings: Sequence[TaskStanding], delays: Sequence[HallDelay]) -> None:
    if not standings:
        tell(_("The policy {policy} has no phases and no tasks.").format(policy=campaign.policy.name))
        return
    names = [in_language(phase.name, language()) for phase in phases_on(campaign.policy.phases, on)]
    tell(_("{day}: {phases}").format(day=on, phases=" · ".join(names) or _("no phase runs")))
    for phase, group in groupby(standings, key=lambda one: one.phase):
        tell(f"\n{phase.number}  {in_language(phase.name, language())}  {phase.starts} – {phase.ends}")
        say(_table(list(group)))
    counts = counted(standings)
    text = _("{done} done in time, {late} done late, {due} still due, {overdue} overdue.")
    tell(text.format(done=counts["done"], late=counts["late"], due=counts["due"], overdue=counts["overdue"]))
    for delay in delays:
        tell(hall_words(delay))


def _table(standings: Sequence[TaskStanding]) -> Table:
    named = Column(_("task"), no_wrap=True), Column(_("what"), overflow="fold", ratio=1)
    dated = (Column(words, no_wrap=True) for words in (_("deadline"), _("status"), _("done on")))
    table = Table(*named, *dated, expand=True)
    for one in standings:
        what, done_on = in_language(one.task.what, language()), str(one.done.done_on) if one.done else ""
        if one.done and one.done.by:
            done_on += f"\n{one.done.by}"
        table.add_row(*map(_shown, (one.task.task, what, str(one.task.due), word(one.status), done_on)))
    return table


def _shown(text: str) -> str:
    return "\n".join(map(clean, text.split("\n")))


def hall_words(delay: HallDelay) -> str:
    """What a hall or city is late with, in a sentence."""
    sentences = {
        "checked": _("{city} {hall}: terminals and PCs were to be checked by {due}"),
        "trained": _("{city} {hall}: staff were to be trained by {due}"),
        "desk": _("{city}: no hall has a dedicated desk, due by {due}"),
    }
    told = sentences[delay.matter].format(city=delay.city, hall=delay.hall, due=delay.due)
    when = _("done on {day}.").format(day=delay.done_on) if delay.done_on else _("overdue.")
    return f"{told}; {when}"
