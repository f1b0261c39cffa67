"""Opens a campaign folder: settings, policy, catalogue, numbers, scenarios and planted faults, all checked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dialtest.catalogue.catalogue import Catalogue, load_catalogue
from dialtest.catalogue.numbers import load_numbers
from dialtest.errors import DialtestError
from dialtest.folder.planting import plant
from dialtest.folder.scenario_files import load_scenarios, nearest
from dialtest.language import _
from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.problem import Problem, Problems, raise_if_any
from dialtest.sandbox.planted import Planted
from dialtest.script.cast import Cast
from dialtest.script.load import ScenarioFile
from dialtest.script.scenario import Scenario
from dialtest.settings import FILE_NAME, Settings, load_settings


@dataclass(frozen=True)
class Campaign:
    """A campaign as its folder has it. Services by key, numbers by MSISDN, scenarios (shipped and own) by name.

    `settings.starts` and `settings.ends` are filled from the policy where the file leaves them out. `overrides` are
    the flags it was opened with, so that another process can open the same.
    """

    folder: Path
    settings: Settings
    policy: Policy
    services: Mapping[str, Service]
    numbers: Mapping[str, Number]
    scenario_files: tuple[ScenarioFile, ...]
    scenarios: Mapping[str, Scenario]
    overrides: Mapping[str, object]
    ignored_columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def starts(self) -> date:
        """The first day."""
        return self.settings.starts or self.policy.starts

    @property
    def ends(self) -> date:
        """The last day, itself part of the campaign."""
        return self.settings.ends or self.policy.ends

    @property
    def begins(self) -> datetime:
        """00:00 of the first day in the market's zone."""
        return self.policy.midnight(self.starts)

    @cached_property
    def journal_url(self) -> str:
        """The journal's SQLAlchemy URL, a relative SQLite file taken from the folder."""
        return journal_url(self.settings.journal, self.folder)

    def planted(self) -> list[Planted]:
        """The faults to plant in the embedded carrier; raises DialtestError for one that cannot be."""
        problems = Problems()
        planted = plant(
            self.settings.sandbox.faults, self.services, self.policy, str(self.folder / FILE_NAME), problems
        )
        raise_if_any(problems)
        return planted

    def cast(self) -> Cast:
        """Everyone who plays."""
        return Cast(self.policy, self.services, self.numbers, self.scenarios, self.settings.seed)


def open_campaign(folder: Path | str, **overrides: object) -> Campaign:
    """The campaign in `folder`. overrides: flags, named like the settings' keys; None where not given.

    Raises DialtestError naming everything that is wrong with the folder at once.
    """
    problems = Problems()
    campaign = examine(Path(folder), problems, overrides)
    raise_if_any(problems)
    if campaign is None:
        raise DialtestError(f"{folder}: {_('the campaign cannot be opened.')}", _("Run `dialtest check`."))
    return campaign


def examine(folder: Path, problems: Problems, overrides: Mapping[str, object] | None = None) -> Campaign | None:
    """The campaign as far as it can be read, and everything wrong with it; None where not even settings or policy
    can be read.
    """
    try:
        settings = _settings(folder, overrides or {})
        policy = load_policy(_policy_name(folder, settings))
    except DialtestError as error:
        problems.add_error(error, FILE_NAME, "unusable settings")
        return None
    settings = replace(settings, starts=settings.starts or policy.starts, ends=settings.ends or policy.ends)
    catalogue = _catalogue(folder, settings, policy, problems)
    numbers, wrong = load_numbers(folder / settings.numbers, policy.brand_words)
    problems.merge(wrong)
    files, scenarios = load_scenarios(folder, problems)
    _check_chosen(settings.plan.scenarios, scenarios, problems)
    _check_journal(settings, folder, problems)
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    ignored = tuple(catalogue.ignored)
    return Campaign(folder, settings, policy, catalogue.services, numbers, files, scenarios, given, ignored)


def journal_url(url: str, folder: Path) -> str:
    """`url` with a relative SQLite file taken from `folder`; raises DialtestError for what is no URL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        problem = _("journal: found “{found}”, expected a database URL such as sqlite:///journal.db.").format(found=url)
        raise DialtestError(problem, _("Correct the key journal in dialtest.toml.")) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        parsed = parsed.set(database=str((folder / str(parsed.database)).resolve()))
    return parsed.render_as_string(hide_password=False)


def _settings(folder: Path, overrides: Mapping[str, object]) -> Settings:
    path = folder / FILE_NAME
    if not path.is_file():
        what = (
            _("{folder} is no campaign folder: it has no {file}.") if folder.is_dir() else _("{folder} is not there.")
        )
        remedy = _("Make one with `dialtest init {folder}`.")
        raise DialtestError(what.format(folder=folder, file=FILE_NAME), remedy.format(folder=folder))
    settings = load_settings(path, overrides, os.environ)
    return settings if settings.name else replace(settings, name=folder.resolve().name)


def _policy_name(folder: Path, settings: Settings) -> str:
    return str(folder / settings.policy) if settings.policy.endswith(".toml") else settings.policy


def _catalogue(folder: Path, settings: Settings, policy: Policy, problems: Problems) -> Catalogue:
    """The adverts' file may be missing as long as the settings leave it at its default name."""
    adverts = folder / settings.adverts if settings.adverts else None
    if adverts is not None and settings.adverts == Settings().adverts and not adverts.exists():
        adverts = None
    catalogue = load_catalogue(folder / settings.catalogue, adverts, policy.currency)
    problems.merge(catalogue.problems)
    return catalogue


def _check_chosen(chosen: Sequence[str], scenarios: Mapping[str, Scenario], problems: Problems) -> None:
    for name in chosen:
        if name not in scenarios:
            remedy = nearest(name, scenarios)
            expected = _("the name of a scenario")
            problems.add(Problem(FILE_NAME, "unknown scenario", remedy, name, expected, column="plan.scenarios"))


def _check_journal(settings: Settings, folder: Path, problems: Problems) -> None:
    try:
        journal_url(settings.journal, folder)
    except DialtestError as error:
        problems.add_error(error, FILE_NAME, "wrong value")
