"""Finds scenario files: the shipped ones by entry point, a campaign's own by path, a case's from its frozen source."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from importlib.machinery import PathFinder
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from dialtest.errors import DialtestError
from dialtest.script.scenario import Scenario

SOURCE_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A file's text, its digest and the scenarios it defines."""

    path: str
    text: str
    digest: str
    scenarios: tuple[Scenario, ...]


def shipped_folder(name: str = "shipped") -> Path:
    """The folder of the scenarios registered as `name` under the entry-point group `dialtest.scenarios`.

    A folder with a dialtest.toml is a campaign, never a place to import from: so the shipped package is found from
    inside a campaign too, whose own folder is called scenarios as well.
    """
    registered = entry_points(group="dialtest.scenarios", name=name)
    if not registered:
        raise DialtestError(f"No scenarios are registered as “{name}”.", "Install dialtest again, e.g. make setup.")
    module = next(iter(registered)).module
    places = [place or "." for place in sys.path if not Path(place or ".", "dialtest.toml").exists()]
    found = PathFinder.find_spec(module, places)
    if found is None or not found.submodule_search_locations:
        raise DialtestError(f"The package “{module}” of scenarios is not there.", "Install dialtest again.")
    return Path(next(iter(found.submodule_search_locations)))


def load_folder(folder: Path) -> tuple[ScenarioFile, ...]:
    """Every scenario file of a folder, by name; files beginning with _ are not scenarios."""
    return tuple(load_file(path) for path in sorted(folder.glob("*.py")) if not path.name.startswith("_"))


def load_file(path: Path) -> ScenarioFile:
    """The scenarios in one file; raises DialtestError with the line for a file that cannot be run."""
    try:
        if not path.is_file():
            raise DialtestError(f"The scenario file {path} is no file.", "Move it away.")
        if path.stat().st_size > SOURCE_LIMIT:
            raise DialtestError(f"The scenario file {path} is larger than 1 MB.", "A scenario is 20 to 60 lines.")
        data = path.read_bytes()
        text = data.decode("utf-8-sig")  # some editors begin a file with a byte order mark
    except OSError as error:
        problem = f"The scenario file {path} cannot be read: {error.strerror}."
        raise DialtestError(problem, "See that it may be read.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DialtestError(f"The scenario file {path}, line {line} is not UTF-8.", "Save it as UTF-8 text.") from None
    return load_source(text, str(path))


def load_source(text: str, path: str) -> ScenarioFile:
    """The scenarios in `text`, run as a module of its own; `path` names it in errors."""
    digest = sha256(text.encode()).hexdigest()
    module = ModuleType(f"dialtest_scenario_{digest[:16]}")
    module.__file__ = path
    try:
        exec(compile(text, path, "exec"), module.__dict__)  # noqa: S102 - scenarios are the test team's own code
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever a scenario file raises, even an exit, is its defect
        line = getattr(error, "lineno", None) or _line_in(error, path)
        where = f"{path}, line {line}" if line else path
        says = error.msg if isinstance(error, SyntaxError) else error
        raise DialtestError(
            f"The scenario file {where} does not run: {type(error).__name__}: {says}.", "Mend it, or move it away."
        ) from None
    found = [value.with_source(digest) for value in vars(module).values() if isinstance(value, Scenario)]
    return ScenarioFile(path, text, digest, tuple(found))


def _line_in(error: BaseException, path: str) -> int | None:
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
