"""Values out of a planner's TOML tables, checked one by one; what is wrong is collected and told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any, Final
from zoneinfo import ZoneInfo

from dialtest.language import _
from dialtest.problem import Problem, Problems

REQUIRED: Final = None
"""In place of a default: the key must be there."""


class Tables:
    """One reading of one file. Whatever is wrong is noted in `problems` and read as a harmless value."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems = Problems()
        self.wrong_keys: set[str] = set()

    def wrong(self, key: str, found: object, expected: str, remedy: str = "") -> None:
        """Note one problem, once for each key."""
        if key not in self.wrong_keys:
            self.wrong_keys.add(key)
            remedy = remedy or _("Change it; `dialtest surge init` writes a plan with every key explained.")
            self.problems.add(Problem(self.where, _("wrong value"), remedy, _shown(found), expected, column=key))

    def known(self, stated: Mapping[str, Any], above: str, names: Iterable[str]) -> Mapping[str, Any]:
        """The table without keys that are not in `names`, each of which is noted with the nearest known one."""
        names = list(names)
        for key in stated:
            if key not in names:
                near = get_close_matches(key, names, 1, 0.5)
                advice = _("Do you mean “{near}”?").format(near=near[0]) if near else _("Remove it.")
                self.wrong(f"{above}{key}", key, _("one of: {choices}").format(choices=", ".join(names)), advice)
        return {key: value for key, value in stated.items() if key in names}

    def table(self, stated: Mapping[str, Any], key: str, above: str) -> dict[str, Any]:
        """A table inside a table; empty where there is none."""
        value = stated.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(f"{above}{key}", value, _("a table"))
        return {}

    def several(self, stated: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """Tables written [[key]]."""
        value = stated.get(key, [])
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
        self.wrong(key, value, _("tables written [[{key}]]").format(key=key))
        return []

    def number(
        self, stated: Mapping[str, Any], key: str, above: str, least: float, most: float, default: float | None,
        whole: bool = False,
    ) -> float:  # fmt: skip
        """A number within limits; a whole one where that is asked for."""
        value = stated.get(key, default)
        if value is None:
            self.wrong(f"{above}{key}", "", _("a number"), _("Add the key."))
            return least
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits or not least <= value <= most or (whole and value != int(value)):
            kind = _("a whole number from {least} to {most}") if whole else _("a number from {least} to {most}")
            self.wrong(
                f"{above}{key}", value, kind.format(least=f"{least:g}", most=f"{most:,.0f}" if most > 1 else most)
            )
            return default if default is not None else least
        return float(value)

    def text(self, stated: Mapping[str, Any], key: str, above: str, default: str) -> str:
        """A text of at most 200 characters."""
        value = stated.get(key, default)
        if isinstance(value, str) and 0 < len(value) <= 200:
            return value
        self.wrong(f"{above}{key}", value, _("a text"))
        return default

    def choice(self, stated: Mapping[str, Any], key: str, above: str, choices: Sequence[str], default: str) -> str:
        """One of some words."""
        value = stated.get(key, default)
        if value in choices:
            return str(value)
        self.wrong(f"{above}{key}", value, _("one of: {choices}").format(choices=", ".join(choices)))
        return default

    def brand(self, stated: Mapping[str, Any], key: str, above: str, brands: Sequence[str]) -> str:
        """A brand: one of the policy's where it knows any, else any word."""
        value = stated.get(key)
        if isinstance(value, str) and (value in brands or (not brands and re.fullmatch(r"\w{1,40}", value))):
            return value
        self.wrong(f"{above}{key}", value, _("one of: {choices}").format(choices=", ".join(brands) or "…"))
        return brands[0] if brands else "brand"

    def moment(self, stated: Mapping[str, Any], key: str, above: str, zone: ZoneInfo) -> datetime | None:
        """A moment with its zone, as a TOML time or as text; without a zone it is the policy's. None where absent."""
        value = stated.get(key)
        if value is None:
            return None
        try:
            when = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            when = None
        if not isinstance(when, datetime) or not 1990 <= when.year <= 2200:
            self.wrong(f"{above}{key}", value, _("a moment such as 2006-08-21T10:00:00+08:00"))
            return None
        return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(zone)

    def time_s(self, stated: Mapping[str, Any], key: str, above: str) -> int:
        """A time of day such as "08:30" as its second of the day; "24:00" is the day's end."""
        value = stated.get(key)
        if isinstance(value, time):
            return value.hour * 3600 + value.minute * 60 + value.second
        found = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
        second = int(found[1]) * 3600 + int(found[2]) * 60 if found else -1
        if found is None or int(found[2]) > 59 or not 0 <= second <= 86_400:
            self.wrong(f"{above}{key}", value, _('a time of day such as "08:30"'))
            return 0
        return second


def _shown(found: object) -> str:
    if isinstance(found, Mapping):
        return "{…}"
    if isinstance(found, bool):
        return str(found).lower()
    return "" if found is None else str(found)[:80]
