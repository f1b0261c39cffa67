"""Makes the folder of a new campaign: small, complete, running at once, and meant to be edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dialtest.errors import DialtestError
from dialtest.folder import halls, tasks
from dialtest.folder.scenario_files import FOLDER_NAME
from dialtest.folder.text import TEMPLATES, write_folder, write_text
from dialtest.language import Language, _
from dialtest.model.number import Number
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.sample.sample import example_services, sample_numbers
from dialtest.settings import Settings

POLICY_FILE = "policy.toml"
NUMBERS, CONTROL_NUMBERS = 36, 3


def make_folder(folder: Path, policy: str, language: Language | None = None) -> tuple[str, ...]:
    """Write a new campaign of two services under a copy of a policy, shipped or a TOML file; the names of the files.

    language: of the reports and explanations, default the policy's. Raises DialtestError for a folder with anything in
    it: nothing is ever overwritten.
    """
    market = load_policy(policy)
    _refuse_used(folder)
    settings = Settings(name=folder.resolve().name, policy=POLICY_FILE, language=language or market.language)
    numbers = sample_numbers(market, NUMBERS, CONTROL_NUMBERS)
    write_folder(folder, settings, market, example_services(market), numbers)
    write_text(folder / POLICY_FILE, market.text)
    _write_papers(folder, market, settings.language, numbers)
    template = TEMPLATES.joinpath(f"_template.{settings.language}.py").read_text(encoding="utf-8")
    write_text(folder / FOLDER_NAME / "_template.py", template)
    return tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()))


def _write_papers(folder: Path, policy: Policy, language: str, numbers: Sequence[Number]) -> None:
    """Tasks and halls to fill in, where the market's policy has any."""
    if policy.phases:
        write_text(folder / tasks.FILE_NAME, tasks.tasks_text(policy, language))
    if policy.halls is not None:
        places = dict.fromkeys((number.region, number.site) for number in numbers)
        known = [halls.Hall(city, name, True, None, None) for city, name in places]
        write_text(folder / halls.FILE_NAME, halls.halls_text(known, language))


def _refuse_used(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DialtestError(_("{folder} is a file.").format(folder=folder), _("Give the name of a new folder."))
    if folder.is_dir() and any(folder.iterdir()):
        problem = _("{folder} is not empty; nothing was written.").format(folder=folder)
        raise DialtestError(problem, _("Give the name of a new folder."))
