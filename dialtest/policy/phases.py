"""The campaign as a plan on paper: its phases with their tasks (D5), and what halls must have done by when (Q9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct


class Task(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing people must have done by the end of day `due`. `task` names it for ever; `what` by language."""

    task: str
    what: dict[str, str]
    due: date
    clauses: tuple[str, ...] = ()


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """One phase of the campaign, `starts` and `ends` both in it; phases may overlap (D5: July has two).

    `rectifies` marks the one between before and after: what was found is set right in it (D9).
    """

    number: int
    name: dict[str, str]
    starts: date
    ends: date
    rectifies: bool = False
    tasks: tuple[Task, ...] = ()


class HallDeadlines(Struct, frozen=True, forbid_unknown_fields=True):
    """Q9: by when terminals and hall PCs are checked, hall staff trained, and each city has a hall with a desk."""

    checked_by: date
    trained_by: date
    desk_by: date


def check_phases(phases: Sequence[Phase]) -> None:
    """Raise ValueError for phases out of order, ending before they begin, or tasks of the same name."""
    names = [task.task for phase in phases for task in phase.tasks]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two tasks of [[phases]] are called “{name}”")
    for place, phase in enumerate(phases, 1):
        if phase.number != place:
            raise ValueError(f"phase {place} of [[phases]] has the number {phase.number}")
        if phase.ends < phase.starts:
            raise ValueError(f"phase {place} ends on {phase.ends}, before it begins on {phase.starts}")


def phases_on(phases: Sequence[Phase], day: date) -> tuple[Phase, ...]:
    """The phases that run on a day; none before the first, between two or after the last."""
    return tuple(phase for phase in phases if phase.starts <= day <= phase.ends)


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in a language, or in the first there is."""
    return words.get(language) or next(iter(words.values()), "")
