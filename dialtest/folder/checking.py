"""Looks through a campaign folder for everything that is wrong, beyond what opening it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dialtest.catalogue.columns import NUMBER_HEADERS
from dialtest.folder.campaign import Campaign, examine
from dialtest.folder.papers import Papers, cities_of, day_of, examine_papers
from dialtest.folder.planting import plant
from dialtest.folder.scenario_files import FOLDER_NAME, nearest
from dialtest.language import _
from dialtest.model.service import Service
from dialtest.policy.opening import channels, opens
from dialtest.problem import Problem, Problems
from dialtest.script.scenario import Scenario
from dialtest.settings import FILE_NAME

SHOWN_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check brought. `campaign` is None where not even settings and policy could be read."""

    campaign: Campaign | None
    problems: Problems
    notes: list[str] = field(default_factory=list)


def check_folder(folder: Path) -> Checked:
    """Everything wrong with the campaign in `folder`, and notes on what is only unusual; never raises DialtestError."""
    problems = Problems()
    campaign = examine(folder, problems)
    checked = Checked(campaign, problems)
    if campaign is not None:
        faults = campaign.settings.sandbox.faults
        plant(faults, campaign.services, campaign.policy, FILE_NAME, problems)
        _check_scenarios(campaign, problems)
        papers = examine_papers(folder, campaign.policy, problems)
        checked.notes.extend(_notes(campaign))
        checked.notes.extend(_overdue(campaign, papers))
    return checked


def _check_scenarios(campaign: Campaign, problems: Problems) -> None:
    own = campaign.folder / FOLDER_NAME
    for file in campaign.scenario_files:
        if not file.scenarios:
            expected = _("a function marked with @scenario")
            remedy = _("Add one, or begin the file's name with _ to leave it aside.")
            problems.add(Problem(file.path, "no scenario", remedy, "", expected))
        for scenario in file.scenarios:
            _check_scenario(scenario, file.path, campaign, problems, must_fit=Path(file.path).parent == own)


def _check_scenario(scenario: Scenario, path: str, campaign: Campaign, problems: Problems, must_fit: bool) -> None:
    if not scenario.doc:
        expected = _("a docstring, for testers to read in plans and reports")
        problems.add(Problem(path, "no docstring", _("Say what it does in a sentence."), scenario.name, expected))
    try:
        fits = fits_any(scenario, campaign.services.values())
    except Exception as error:  # noqa: BLE001 - whatever a test team's own `fits` raises is told as its defect
        what = _("`fits` of {name} failed: {error}.").format(
            name=scenario.name, error=f"{type(error).__name__}: {error}"
        )
        problems.add(Problem(path, "broken scenario", _("It takes a service and says True or False."), what=what))
        return
    market = not scenario.markets or campaign.policy.country in scenario.markets
    if must_fit and campaign.services and not (fits and market):
        expected = _("a scenario that fits a service of the catalogue in this market")
        problems.add(Problem(path, "fits nothing", _("Look at its `fits` and `markets`."), scenario.name, expected))
    if must_fit and market and scenario.channel and opens(campaign.policy, scenario.channel) is None:
        words = _("a channel that takes withdrawals in this market, for the scenario {name}")
        remedy = nearest(scenario.channel, channels(campaign.policy))
        expected = words.format(name=scenario.name)
        problems.add(Problem(path, "no such channel", remedy, scenario.channel, expected))


def fits_any(scenario: Scenario, services: Iterable[Service]) -> bool:
    """Whether there is a service the scenario fits."""
    return any(scenario.fits(service) for service in services)


def _notes(campaign: Campaign) -> list[str]:
    notes = [
        _("{file}: the column {column} is not used.").format(file=campaign.settings.catalogue, column=column)
        for column in campaign.ignored_columns
    ]
    if campaign.numbers and not any(number.control for number in campaign.numbers.values()):
        notes.append(_("No number is a control number, so nothing watches for what is forced on idle customers."))
    if idle := _idle(campaign):
        words = _(
            "{count} numbers of providers dial nothing, since {column} names no provider of the catalogue: {numbers}."
        )
        shown = ", ".join(idle[:SHOWN_NUMBERS]) + (" …" if len(idle) > SHOWN_NUMBERS else "")
        notes.append(words.format(count=len(idle), column=NUMBER_HEADERS["provider_code"][0], numbers=shown))
    unadvertised = sum(not service.adverts for service in campaign.services.values())
    if unadvertised:
        notes.append(_("{count} services have no advert to compare with.").format(count=unadvertised))
    return notes


def _idle(campaign: Campaign) -> list[str]:
    """A provider's numbers dial its own services alone; those that say of no filed one whose they are."""
    filed = {service.provider_code for service in campaign.services.values()}
    return [
        number.msisdn
        for number in campaign.numbers.values()
        if number.team == "provider" and number.provider_code not in filed
    ]


def _overdue(campaign: Campaign, papers: Papers) -> list[str]:
    """How many tasks and halls are past their deadline (D5, Q9), on the day the journal has come to."""
    on = day_of(campaign)
    tasks = sum(one.status == "overdue" for one in papers.tasks(campaign.policy, on))
    halls = sum(one.done_on is None for one in papers.delays(campaign.policy, on, cities_of(campaign)))
    texts = {
        _("{count} tasks are overdue on {day}; see them with dialtest tasks."): tasks,
        _("{count} deadlines of halls are overdue on {day}; see them with dialtest tasks."): halls,
    }
    return [text.format(count=count, day=on) for text, count in texts.items() if count]
