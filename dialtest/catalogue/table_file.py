"""Opens a table as carriers send it: CSV in any of their encodings and delimiters, or XLSX; never changes the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, load_workbook

from dialtest.catalogue.text_encoding import decoded
from dialtest.errors import DialtestError
from dialtest.language import _

FILE_LIMIT = 200_000_000
UNPACKED_LIMIT = 2_000_000_000
CELL_LIMIT = 100_000
DELIMITERS = (",", ";", "\t")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A header and numbered rows of texts; row 1 is the header, as spreadsheets count. Rows may differ in width."""

    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def open_table(path: Path) -> TableFile:
    """The table in a CSV or XLSX file; raises DialtestError for one that is none. Blank rows are passed over.

    A broken quote in a CSV is met, and raised, only when the rows are read as far as there.
    """
    content = _content(path)
    if content.startswith(OLD_EXCEL):
        raise DialtestError(
            _("{path} is an old Excel file (.xls).").format(path=path), _("Save it as .xlsx or as CSV (UTF-8).")
        )
    rows = _workbook_rows(path) if content.startswith(ZIP) else _text_rows(path, content)
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell and not cell.isspace() for cell in row))
    first = next(numbered, None)
    if first is None:
        raise DialtestError(_("{path} is empty.").format(path=path), _("Its first row must name the columns."))
    return TableFile(path.name, first[1], numbered)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            raise DialtestError(
                _("{path} has {size} MB; 200 MB is the limit.").format(path=path, size=size // 1_000_000),
                _("Split it, or check that it is the right file."),
            )
        return path.read_bytes()
    except OSError as error:
        problem = _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(problem, _("Check the name and the permissions.")) from None


def _text_rows(path: Path, content: bytes) -> Iterator[list[str]]:
    text = decoded(content, str(path))
    csv.field_size_limit(CELL_LIMIT)
    lines = list(StringIO(text, newline=""))
    first = normalize("NFKC", next((line for line in lines if line.strip()), ""))
    delimiter = max(DELIMITERS, key=first.count)
    if delimiter == "," and lines and "," not in lines[0]:
        lines[0] = lines[0].replace("，", ",")
    return _csv_rows(path, lines, delimiter)


def _csv_rows(path: Path, lines: list[str], delimiter: str) -> Iterator[list[str]]:
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):  # noqa: B007 - for the error
            yield cells
    except csv.Error as error:
        raise DialtestError(
            _("{path}, row {row}: the row cannot be read: {error}.").format(path=path, row=row + 1, error=error),
            _("Look for a quotation mark that is not closed."),
        ) from None


def _workbook_rows(path: Path) -> Iterator[list[str]]:
    try:
        with ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > UNPACKED_LIMIT:
            raise ValueError(f"unpacked it has {unpacked // 1_000_000} MB")
        workbook = load_workbook(str(path))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
        heads = [workbook.get_sheet_by_index(place).to_python(nrows=1) for place in range(1, len(workbook.sheet_names))]
    except (CalamineError, BadZipFile, OSError, ValueError, IndexError) as error:
        problem = _("{path} cannot be read as a workbook: {error}.").format(path=path, error=str(error)[:200])
        raise DialtestError(problem, _("Open it in a spreadsheet and save it again as .xlsx or CSV.")) from None
    first = next((row for row in rows if any(row)), [])
    for name, head in zip(workbook.sheet_names[1:], heads, strict=True):
        if head and [*filter(None, head[0])] == [*filter(None, first)]:
            problem = _("{path}: the table goes on in the sheet “{name}”.").format(path=path, name=name)
            raise DialtestError(problem, _("Give each sheet as a file of its own, or the whole as CSV."))
    return ([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> str:
    """A cell as its text. Whole numbers lose the `.0` spreadsheets give them, as far as they are still exact."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
