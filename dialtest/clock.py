"""The only module that reads the wall clock, and what it knows of weeks."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialtest.errors import DialtestError
from dialtest.language import _


def wall_now(zone: ZoneInfo) -> datetime:
    """The wall clock's time in `zone`."""
    return datetime.now(zone)


def monotonic_s() -> float:
    """Seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO 8601 week, Monday 00:00 to the next Monday 00:00, written `2006-W30`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2006-W30`; raises DialtestError for anything else, a week 53 the year lacks included."""
        found = re.fullmatch(r"(\d{4})-?W(\d{2})", text.strip(), re.IGNORECASE | re.ASCII)
        try:
            if found is None:
                raise ValueError(text)
            week = cls(int(found[1]), int(found[2]))
            week.previous, week.next  # noqa: B018 - the calendar's first week and its last have no neighbour
        except (ValueError, OverflowError):
            raise DialtestError(
                _("“{text}” is not a week.").format(text=text), _("Write it as 2006-W30: ISO year, W, week number.")
            ) from None
        return week

    @classmethod
    def of(cls, when: date) -> Week:
        """The week a day, or a time in its own zone, lies in."""
        year, number, _ = when.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def start(self, zone: ZoneInfo) -> datetime:
        """Monday 00:00."""
        return datetime.combine(self.monday, datetime.min.time(), zone)

    def end(self, zone: ZoneInfo) -> datetime:
        """The next Monday 00:00, itself no longer in the week."""
        return self.next.start(zone)

    @property
    def next(self) -> Week:
        return Week.of(self.monday + timedelta(days=7))

    @property
    def previous(self) -> Week:
        return Week.of(self.monday - timedelta(days=7))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"
