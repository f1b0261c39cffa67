"""The register of halls (Q9): which cities have one with a dedicated desk, and whether it was ready in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from dialtest.catalogue.columns import Headers
from dialtest.catalogue.day import read_day
from dialtest.catalogue.row_reader import read_rows
from dialtest.catalogue.words import CONTROL_WORDS
from dialtest.folder.text import table_text
from dialtest.language import _
from dialtest.policy.policy import Policy
from dialtest.problem import Problems

FILE_NAME = "halls.csv"
HALL_HEADERS: Headers = {
    "city": ("城市", "地市", "city"),
    "hall": ("营业厅", "hall"),
    "desk": ("专席", "设专席", "dedicated desk"),
    "checked_on": ("终端检查日期", "检查日期", "terminals checked on", "PCs checked on"),
    "trained_on": ("培训日期", "人员培训日期", "staff trained on"),
}

HallMatter = Literal["checked", "trained", "desk"]


@dataclass(frozen=True, slots=True)
class Hall:
    """One hall: whether it has a dedicated desk 专席, when its terminals were checked, when its staff was trained."""

    city: str
    name: str
    desk: bool
    checked_on: date | None
    trained_on: date | None


@dataclass(frozen=True, slots=True)
class HallDelay:
    """What a hall, or a city without a desk (`hall` empty), did not do by `due`; `done_on`: when it did, if ever."""

    city: str
    hall: str
    matter: HallMatter
    due: date
    done_on: date | None = None


def load_halls(path: Path) -> tuple[tuple[Hall, ...], Problems]:
    """The halls in the order of the file, and everything wrong with it; a missing file has none. Never raises."""
    problems = Problems()
    halls: dict[tuple[str, str], Hall] = {}
    if not path.exists():
        return (), problems
    for row in read_rows(path, HALL_HEADERS, ("city", "hall"), problems):
        city, name = row.shown("city", 60), row.shown("hall", 60)
        if (city, name) in halls:
            row.wrong("hall", "duplicate hall", name, _("each hall once"), _("Remove one of the two."))
        desk = row.word("desk", CONTROL_WORDS, False)
        checked_on = read_day(row, "checked_on") if row.has("checked_on") else None
        trained_on = read_day(row, "trained_on") if row.has("trained_on") else None
        if not row.bad:
            halls[city, name] = Hall(city, name, desk, checked_on, trained_on)
    return tuple(halls.values()), problems


def hall_delays(policy: Policy, halls: Sequence[Hall], cities: Iterable[str], on: date) -> tuple[HallDelay, ...]:
    """What was late or is overdue at the end of day `on`: halls by file order, then cities without a dedicated desk.

    `cities`: those that must have one besides the halls' own.
    """
    if policy.halls is None or not halls:
        return ()
    delays = []
    for hall in halls:
        delays += _late(hall, "checked", policy.halls.checked_by, hall.checked_on, on)
        delays += _late(hall, "trained", policy.halls.trained_by, hall.trained_on, on)
    if on > policy.halls.desk_by:
        served = {hall.city for hall in halls if hall.desk}
        asked = dict.fromkeys([*(hall.city for hall in halls), *filter(None, cities)])
        delays += [HallDelay(city, "", "desk", policy.halls.desk_by) for city in asked if city not in served]
    return tuple(delays)


def halls_text(halls: Iterable[Hall], language: str) -> str:
    """halls.csv with these halls."""
    chinese = language == "zh"
    yes, no = ("是", "否") if chinese else ("yes", "no")
    rows = [
        {
            "city": hall.city,
            "hall": hall.name,
            "desk": yes if hall.desk else no,
            "checked_on": str(hall.checked_on or ""),
            "trained_on": str(hall.trained_on or ""),
        }
        for hall in halls
    ]
    return table_text(HALL_HEADERS, tuple(HALL_HEADERS), rows, chinese)


def _late(hall: Hall, matter: HallMatter, due: date, done_on: date | None, on: date) -> list[HallDelay]:
    known = done_on if done_on is not None and done_on <= on else None
    late = known > due if known is not None else on > due
    return [HallDelay(hall.city, hall.name, matter, due, known)] if late else []
