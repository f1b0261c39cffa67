"""What `dialtest.toml` may say, and which of flag, environment, file and default wins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.problem import Problem, Problems, raise_if_any

FILE_NAME = "dialtest.toml"
FILE_LIMIT = 1_000_000
ENVIRONMENT = "DIALTEST_"

Table = TypeVar("Table")


def _within(least: float, most: float) -> dict[str, Any]:
    return {"least": least, "most": most}


@dataclass(frozen=True, slots=True)
class FaultSettings:
    """One planted fault: which, on which services (keys, or `*` for all that fit), for which share, since when, and
    before which day it is mended.
    """

    name: str
    services: tuple[str, ...] = ("*",)
    share: float = field(default=1.0, metadata=_within(0, 1))
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """How much is dialled. scenarios: names, empty = all that fit; starts_per_day: cases begun a day, 0 = no limit."""

    dials_per_service: int = field(default=8, metadata=_within(1, 10_000))
    scenarios: tuple[str, ...] = ()
    starts_per_day: int = field(default=0, metadata=_within(0, 10_000_000))


@dataclass(frozen=True, slots=True)
class SpendSettings:
    """Caps on what dialling may cost, in 1/100 of the policy's currency unit; 0 = no cap."""

    per_number_fen: int = field(default=0, metadata=_within(0, 10**12))
    per_campaign_fen: int = field(default=0, metadata=_within(0, 10**12))


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """What is planted in the embedded carrier."""

    faults: tuple[FaultSettings, ...] = field(default=(), metadata={"of": FaultSettings, "key": "fault"})


@dataclass(frozen=True, slots=True)
class Settings:
    """A campaign's settings. File names are relative to its folder; `starts` and `ends` None: the policy's days.

    `policy` is a shipped policy's name or a TOML file, `journal` an SQLAlchemy URL, `network` “sandbox” or the
    http URL of a carrier.
    """

    name: str = ""
    policy: str = "monternet-2006"
    language: str = field(default="zh", metadata={"choices": ("zh", "en")})
    seed: int = field(default=2006, metadata=_within(0, 2**63 - 1))
    starts: date | None = None
    ends: date | None = None
    catalogue: str = "catalogue.csv"
    adverts: str = "adverts.csv"
    numbers: str = "numbers.csv"
    journal: str = "sqlite:///journal.db"
    network: str = field(default="sandbox", metadata={"matches": r"sandbox|https?://[^\s/]\S*"})
    plan: PlanSettings = PlanSettings()
    spend: SpendSettings = SpendSettings()
    sandbox: SandboxSettings = SandboxSettings()


def load_settings(
    path: Path, overrides: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings in the file at `path`, over it `environment` (DIALTEST_SEED, …), over that `overrides` (flags).

    Overrides are named like the last part of their key (`dials_per_service`); None means the flag was not given.
    Raises DialtestError with every problem of the file at once.
    """
    return parse_settings(_text(path), str(path), overrides or {}, environment or {})


def parse_settings(
    text: str, where: str, overrides: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings in `text`; `where` names it in errors."""
    try:
        stated = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = _("this is not valid TOML: {error}.").format(error=error)
        raise DialtestError(f"{where}: {what}", _("Compare it with what `dialtest init` writes.")) from None
    reading = _Reading(where)
    values = _merged(stated, reading.variables(environment or {}), reading.flags(overrides or {}))
    settings = reading.table(Settings, values, "")
    if settings.starts and settings.ends and settings.ends < settings.starts:
        reading.wrong("ends", settings.ends, _("a day not before {starts}").format(starts=settings.starts))
    raise_if_any(reading.problems)
    return settings


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
        if len(content) > FILE_LIMIT:
            raise DialtestError(_("{path} is larger than 1 MB.").format(path=path), _("Settings are a page of text."))
        return content.decode("utf-8-sig")
    except OSError as error:
        problem = _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(problem, _("Run `dialtest init` to make a campaign folder.")) from None
    except UnicodeDecodeError as error:
        problem = _("{path} is not UTF-8 text (byte {byte}).").format(path=path, byte=error.start)
        raise DialtestError(problem, _("Save it again as UTF-8.")) from None


def _merged(*layers: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
            merged[key] = _merged(merged[key], value) if both else value
    return merged


def _leaves(kind: type, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], type]:
    """Every key a flag or a variable may set, as a path, with its type."""
    found: dict[tuple[str, ...], type] = {}
    for name, hint in get_type_hints(kind).items():
        if is_dataclass(hint) and isinstance(hint, type):
            found |= _leaves(hint, (*above, name))
        else:
            found[(*above, name)] = hint
    return found


def _placed(path: tuple[str, ...], value: object) -> dict[str, Any]:
    return {path[0]: value if len(path) == 1 else _placed(path[1:], value)}


class _Reading:
    """One reading of one file: turns tables into dataclasses and collects everything that is wrong."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems = Problems()

    def wrong(self, key: str, found: object, expected: str, remedy: str = "", cause: str = "") -> None:
        """Note one problem."""
        remedy = remedy or _("Change it, or leave the key out for the default.")
        self.problems.add(Problem(self.where, cause or "wrong value", remedy, _shown(found), expected, column=key))

    def variables(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """What the environment sets: DIALTEST_ and the key in capitals, parts joined by _."""
        found: dict[str, Any] = {}
        for path, kind in _leaves(Settings).items():
            text = environment.get(ENVIRONMENT + "_".join(path).upper())
            if text:
                found = _merged(found, _placed(path, _typed(text, kind)))
        return found

    def flags(self, overrides: Mapping[str, object]) -> dict[str, Any]:
        """What flags set, named like the last part of their key; None was not given."""
        paths = {path[-1]: path for path in _leaves(Settings)}
        found: dict[str, Any] = {}
        for name, value in overrides.items():
            if name not in paths:
                self.unknown(name, paths)
            elif value is not None:
                plain = list(value) if isinstance(value, tuple) else value
                found = _merged(found, _placed(paths[name], plain))
        return found

    def table(self, kind: type[Table], stated: Mapping[str, Any], above: str) -> Table:
        """A dataclass from a table of the file; whatever is wrong keeps its default."""
        known: dict[str, Field[Any]] = {
            entry.metadata.get("key", entry.name): entry for entry in fields(cast(Any, kind))
        }
        hints = get_type_hints(kind)
        values: dict[str, Any] = {}
        for key, value in stated.items():
            if key in known:
                read = self.value(f"{above}{key}", value, hints[known[key].name], known[key].metadata)
                if read is not None:
                    values[known[key].name] = read
            else:
                self.unknown(f"{above}{key}", {f"{above}{name}" for name in known})
        for key, entry in known.items():
            if entry.default is MISSING and entry.name not in values:
                if key not in stated:
                    self.wrong(f"{above}{key}", "", _("a value"), _("Add the key."), "missing key")
                values[entry.name] = ""
        return kind(**values)

    def value(self, key: str, value: Any, hint: Any, limits: Mapping[str, Any]) -> Any:
        """A checked value, or None when it is wrong."""
        if is_dataclass(hint) and isinstance(hint, type):
            if isinstance(value, Mapping):
                return self.table(hint, value, f"{key}.")
            self.wrong(key, value, _("a table"))
            return None
        if hint in (tuple[str, ...], tuple[FaultSettings, ...]):
            return self.several(key, value, limits.get("of"))
        fitting, expected = KINDS[hint]
        if not isinstance(value, fitting) or isinstance(value, (bool, datetime)):
            self.wrong(key, f'"{value}"' if isinstance(value, str) else value, _(expected))
            return None
        return self.limited(key, float(cast(float, value)) if hint is float else value, limits)

    def several(self, key: str, value: Any, of: type | None) -> tuple[Any, ...] | None:
        """A list of texts, or of tables."""
        if of is None and isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if of is not None and isinstance(value, list) and all(isinstance(item, (Mapping, of)) for item in value):
            return tuple(
                item if isinstance(item, of) else self.table(of, item, f"{key}[{number}].")
                for number, item in enumerate(value, 1)
            )
        self.wrong(key, value, _("a list of texts") if of is None else _("tables written [[{key}]]").format(key=key))
        return None

    def limited(self, key: str, value: Any, limits: Mapping[str, Any]) -> Any:
        """`value` when it lies in its limits."""
        if "choices" in limits and value not in limits["choices"]:
            self.wrong(key, value, _("one of: {choices}").format(choices=", ".join(limits["choices"])))
        elif "matches" in limits and not re.fullmatch(limits["matches"], value):
            self.wrong(key, value, _("“sandbox” or the http address of a carrier"))
        elif "least" in limits and not limits["least"] <= value <= limits["most"]:
            self.wrong(key, value, _("a number from {least} to {most}").format(**limits))
        else:
            return value
        return None

    def unknown(self, key: str, known: Any) -> None:
        """Note a key nobody knows, with the nearest one somebody does."""
        near = get_close_matches(key, list(known), 1, 0.5)
        advice = _("Do you mean “{near}”?").format(near=near[0]) if near else _("Remove it.")
        self.wrong(key, key, _("a key dialtest knows"), advice, "unknown key")


KINDS: Mapping[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a text"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    date | None: ((date,), "a day such as 2006-07-01, without quotes"),
}
"""Each plain type, the types the file may hold for it, and how that is said."""


def _typed(text: str, kind: Any) -> Any:
    """An environment variable's text as its setting wants it; itself where it does not fit, to be reported."""
    try:
        if kind is int:
            return int(text)
        if kind == date | None:
            return date.fromisoformat(text)
    except ValueError:
        return text
    return [part.strip() for part in text.split(",")] if kind == tuple[str, ...] else text


def _shown(found: object) -> str:
    if isinstance(found, Mapping):
        return "{…}"
    return str(found).lower() if isinstance(found, bool) else str(found)
