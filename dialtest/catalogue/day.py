"""Reads days and times as tables write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialtest.catalogue.row_reader import RowReader
from dialtest.language import _

_DATE = r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})"
_DAY = re.compile(_DATE + r"日?(?:[T ]00:00(?::00)?)?", re.ASCII)

_TIME = re.compile(_DATE + r"(?:日)?[T ]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", re.ASCII)


def read_day(row: RowReader, field: str) -> date | None:
    """`2006-07-01`, `2006/7/1` or `2006年7月1日`; None, with a problem noted, for anything else."""
    text = row.text(field)
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    row.wrong(field, "impossible day", text, _("a day such as 2006-07-01"), _("Write year, month, day."))
    return None


def read_time(row: RowReader, field: str, zone: ZoneInfo) -> datetime | None:
    """`2006-07-01 10:05`, seconds if wanted, in `zone`; None, with a problem noted, for anything else."""
    text = row.text(field)
    found = _TIME.fullmatch(text)
    try:
        if found is not None:
            return datetime(*(int(part or 0) for part in found.groups()), tzinfo=zone)  # type: ignore[misc,arg-type]
    except ValueError:
        pass
    expected = _("a time such as 2006-07-01 10:05")
    row.wrong(field, "impossible time", text, expected, _("Write year, month, day, hour, minute."))
    return None
