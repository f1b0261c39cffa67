"""The time line of a case as a report prints it: without intents, bounded, what a finding cites marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.evidence.journal import Journal
from dialtest.evidence.timeline import TimelineLine, timeline

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the time line, and whether the finding cites its record."""

    told: TimelineLine
    cited: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The lines shown, and how many uncited ones were left out to keep the page readable."""

    lines: tuple[Line, ...]
    left_out: int


def time_line(journal: Journal, case: str, until: datetime, cited: Sequence[int]) -> TimeLine:
    """What was recorded of `case` before `until`; intents are left out, their outcomes tell the same."""
    told = (line for line in timeline(journal, case) if line.at is None or line.at < until)
    lines = [Line(line, line.seq in cited) for line in told]
    return bounded([line for line in lines if line.cited or line.told.kind != "intent"])


def bounded(lines: Sequence[Line]) -> TimeLine:
    """The cited lines, and of the others the first ones, MOST_LINES in all."""
    room = max(MOST_LINES - sum(line.cited for line in lines), 0)
    kept = []
    for line in lines:
        if line.cited or room > 0:
            kept.append(line)
            room -= not line.cited
    shown = kept[:MOST_LINES]
    return TimeLine(tuple(shown), len(lines) - len(shown))
