"""Half a month, the bulletin's period (D6): days 1 to 15, or 16 to the end, written `2006-07-1` and `2006-07-2`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialtest.errors import DialtestError
from dialtest.language import _

MIDDLE = 15


@dataclass(frozen=True, slots=True, order=True)
class HalfMonth:
    """`half` is 1 or 2."""

    year: int
    month: int
    half: int

    @classmethod
    def parse(cls, text: str) -> HalfMonth:
        """Read `2006-07-1`; raises DialtestError for anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})-([12])", text.strip(), re.ASCII)
        if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[1]) < MAXYEAR:
            problem = _("“{text}” is not half a month.").format(text=text)
            raise DialtestError(problem, _("Write it as 2006-07-1 (days 1 to 15) or 2006-07-2 (from day 16)."))
        return cls(int(found[1]), int(found[2]), int(found[3]))

    @classmethod
    def of(cls, day: date) -> HalfMonth:
        """The one a day, or a time in its own zone, lies in."""
        return cls(day.year, day.month, 1 if day.day <= MIDDLE else 2)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1 if self.half == 1 else MIDDLE + 1)

    @property
    def last_day(self) -> date:
        last = MIDDLE if self.half == 1 else monthrange(self.year, self.month)[1]
        return date(self.year, self.month, last)

    @property
    def next(self) -> HalfMonth:
        return HalfMonth.of(self.last_day + timedelta(days=1))

    @property
    def previous(self) -> HalfMonth:
        return HalfMonth.of(self.first_day - timedelta(days=1))

    def start(self, zone: ZoneInfo) -> datetime:
        """00:00 of the first day."""
        return datetime.combine(self.first_day, datetime.min.time(), zone)

    def end(self, zone: ZoneInfo) -> datetime:
        """00:00 after the last day, itself no longer in it."""
        return self.next.start(zone)

    def number_since(self, day: date) -> int:
        """Which bulletin it is, counted from 1 for the half month of `day`; 0 or less before it."""
        begun = HalfMonth.of(day)
        return 24 * (self.year - begun.year) + 2 * (self.month - begun.month) + self.half - begun.half + 1

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.half}"
