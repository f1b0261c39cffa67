"""Writes rows as CSV or XLSX so that no cell from outside becomes a formula in the reader's spreadsheet program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from dialtest.errors import CouldNotTest
from dialtest.language import _

Cell = str | int

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a program read a cell as a formula, the full-width forms included (OWASP, CSV Injection)."""

MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_576
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands where the format wants a time of creation: the same input gives the same bytes."""


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 with a byte order mark, which spreadsheet programs need; a cell that looks like a formula gets a '."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(columns)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
    except OSError as error:
        raise _cannot_write(path, error) from None


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """One sheet of strings and whole numbers, in constant memory; a row beyond Excel's limit raises CouldNotTest."""
    try:
        with path.open("wb") as file:
            _write_book(Workbook(file, _OPTIONS), path, columns, rows)
    except (OSError, FileCreateError) as error:
        raise _cannot_write(path, error) from None


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def _write_book(book: Workbook, path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 16)
    for number, row in enumerate(chain([columns], rows)):
        if number >= MOST_ROWS:
            raise CouldNotTest(_("{path}: more findings than a sheet has rows.").format(path=path), _("Write CSV."))
        _write_row(sheet, number, row)
    book.close()


def _write_row(sheet: Worksheet, number: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, cell.encode(errors="backslashreplace").decode()[:MOST_CHARACTERS])


def _cannot_write(path: Path, error: Exception) -> CouldNotTest:
    return CouldNotTest(
        _("The list {path} cannot be written: {error}.").format(path=path, error=error), _("Choose another place.")
    )
