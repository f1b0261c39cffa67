"""Reads a day as tables write it."""

from __future__ import annotations

import re
from datetime import date

from dialtest.catalogue.row_reader import RowReader
from dialtest.language import _

_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:[T ]00:00(?::00)?)?", re.ASCII)


def read_day(row: RowReader, field: str) -> date | None:
    """`2006-07-01`, `2006/7/1` or `2006年7月1日`; None, with a problem noted, for anything else."""
    text = row.text(field)
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    row.wrong(field, _("impossible day"), text, _("a day such as 2006-07-01"), _("Write year, month, day."))
    return None
