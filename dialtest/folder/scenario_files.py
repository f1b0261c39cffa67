"""Gathers a campaign's scenarios: the registered ones and those of its own folder, each name once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.metadata import entry_points
from pathlib import Path

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.problem import Problem, Problems
from dialtest.script.load import ScenarioFile, load_file, shipped_folder
from dialtest.script.scenario import Scenario

FOLDER_NAME = "scenarios"


def load_scenarios(folder: Path, problems: Problems) -> tuple[tuple[ScenarioFile, ...], Mapping[str, Scenario]]:
    """Every scenario file, and the scenarios by name; files that do not run and names given twice are problems."""
    files: list[ScenarioFile] = []
    scenarios: dict[str, Scenario] = {}
    origin: dict[str, str] = {}
    for path in _paths(folder):
        try:
            file = load_file(path)
        except DialtestError as error:
            problems.add_error(error, str(path), "broken scenario")
            continue
        files.append(file)
        for scenario in file.scenarios:
            if scenario.name in scenarios:
                problems.add(_twice(scenario.name, file.path, origin[scenario.name]))
            else:
                scenarios[scenario.name], origin[scenario.name] = scenario, file.path
    return tuple(files), scenarios


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice for a name nobody knows."""
    near = get_close_matches(name, list(known), 1)
    return _("Do you mean “{near}”?").format(near=near[0]) if near else _("Remove it.")


def _paths(folder: Path) -> Iterator[Path]:
    registered = sorted({entry.name for entry in entry_points(group="dialtest.scenarios")} | {"shipped"})
    for place in (*map(shipped_folder, registered), folder / FOLDER_NAME):
        yield from (path for path in sorted(place.glob("*.py")) if not path.name.startswith("_"))


def _twice(name: str, path: str, other: str) -> Problem:
    expected = _("a name no other scenario has; {other} has it already").format(other=other)
    return Problem(path, "scenario twice", _("Rename one of the two."), name, expected)
