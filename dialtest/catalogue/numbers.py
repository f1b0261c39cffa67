"""Reads the table of test numbers the teams own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from dialtest.catalogue.columns import NUMBER_HEADERS
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.catalogue.words import CONTROL_WORDS, TEAM_WORDS
from dialtest.language import _
from dialtest.model.number import Number, Team
from dialtest.problem import Problem, Problems

NEEDED = ("msisdn", "brand")

_MSISDN = re.compile(r"\+?[0-9]{5,15}")


def load_numbers(path: Path, brand_words: Mapping[str, str]) -> tuple[Mapping[str, Number], Problems]:
    """The numbers by MSISDN, in the order of the file, and everything that is wrong with it; never raises.

    brand_words: which words mean which brand of the market.
    """
    problems = Problems()
    numbers: dict[str, Number] = {}
    rows: dict[str, int] = {}
    for row in read_rows(path, NUMBER_HEADERS, NEEDED, problems):
        number = _number(row, brand_words)
        if number.msisdn in rows:
            expected = _("a number no other row has; row {row} has it already").format(row=rows[number.msisdn])
            row.wrong("msisdn", "duplicate number", number.msisdn, expected, _("Remove one of the two."))
        rows.setdefault(number.msisdn, row.number)
        if not row.bad:
            numbers[number.msisdn] = number
    if not rows and not problems:
        expected = _("numbers below the header")
        problems.add(Problem(path.name, "no rows", _("Add one row per number."), "", expected))
    return numbers, problems


def _number(row: RowReader, brand_words: Mapping[str, str]) -> Number:
    team: Team = row.word("team", TEAM_WORDS, "data_centre") if row.has("team") else "data_centre"
    return Number(
        msisdn=_msisdn(row),
        brand=row.word("brand", brand_words, ""),
        region=row.shown("region", 60, needed=False),
        site=row.shown("site", 60, needed=False),
        team=team,
        control=row.word("control", CONTROL_WORDS, False),
        provider_code=row.shown("provider_code", 64, needed=False) if team == "provider" else "",
    )


def _msisdn(row: RowReader) -> str:
    msisdn = re.sub(r"[ -]", "", row.text("msisdn"))
    if not _MSISDN.fullmatch(msisdn):
        expected = _("5 to 15 digits")
        row.wrong("msisdn", "impossible number", msisdn, expected, _("Write the number, as text if rounded."))
    return msisdn
