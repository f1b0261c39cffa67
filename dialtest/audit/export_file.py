"""One export as it was handed in: what kind of file it is, which columns it has; it is never written to."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from dialtest.audit.export_columns import INSTEAD
from dialtest.audit.workspace import Workspace, first_line, literal, no_room
from dialtest.catalogue.columns import Headers, lay_out
from dialtest.catalogue.table_file import DELIMITERS, OLD_EXCEL, ZIP, open_table
from dialtest.catalogue.text_encoding import decoded, wide
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.problem import BadInput, Problem, Problems, raise_if_any

PARQUET = b"PAR1"
GZIP = b"\x1f\x8b"
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LONGEST_HEADER = 65_536
COPIED_CHARACTERS = 1 << 20
LEAST_ZEROS = 8
"""Text of two bytes a letter has more zeros than one byte in so many, other text hardly any (ours)."""
ROW_NUMBER = "file_row_number"
"""What the engine calls the number of a row in Parquet, from 0."""

Kind = Literal["csv", "parquet", "workbook"]


@dataclass(frozen=True, slots=True, eq=False)
class ExportFile:
    """`name` is what people call it; `path` is what the engine opens: a link with a plain name, in the workspace.

    places: field → column index; types: the engine's type of each column, by index (VARCHAR throughout for text).
    encoding: utf-8 also stands for “UTF-8, GB18030 or both, line by line”. header_row counts from 1.
    """

    name: str
    original: Path
    path: Path
    kind: Kind
    columns: tuple[str, ...]
    places: Mapping[str, int]
    types: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    header_row: int = 1


def open_export(workspace: Workspace, file: Path, known: Headers, needed: tuple[str, ...]) -> ExportFile:
    """Look at a CSV, Parquet or XLSX export; raises BadInput or DialtestError where it is none or lacks a column.

    known: headers by field; a column nobody knows is passed over.
    """
    head = _head(file)
    link = workspace.folder / f"input-{len(list(workspace.folder.glob('input-*')))}"
    link.symlink_to(file.resolve())
    if head.startswith(PARQUET):
        header, types = _parquet_columns(workspace, file, link)
        if ROW_NUMBER in map(str.lower, header):
            link = _without_row_number(workspace, file, link)
            header, types = _parquet_columns(workspace, file, link)
        places = _places(str(file), header, known, needed)
        return ExportFile(str(file), file, link, "parquet", tuple(header), places, tuple(types))
    if head.startswith(ZIP):
        header = open_table(file).header
        places = _places(str(file), header, known, needed)
        return ExportFile(str(file), file, link, "workbook", tuple(header), places, ("VARCHAR",) * len(header))
    return _text(file, link, head, known, needed)


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            head = opened.read(LONGEST_HEADER)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DialtestError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=reason),
            _("Check the name and the permissions."),
        ) from None
    if head.startswith(OLD_EXCEL):
        raise DialtestError(
            _("{path} is an old Excel file (.xls).").format(path=file), _("Save it as .xlsx or as CSV (UTF-8).")
        )
    if head.startswith(GZIP):
        raise DialtestError(_("{path} is compressed.").format(path=file), _("Unpack it first."))
    return head


def _parquet_columns(workspace: Workspace, file: Path, link: Path) -> tuple[list[str], list[str]]:
    try:
        described = workspace.rows("DESCRIBE SELECT * FROM read_parquet(?)", [str(link)])
    except duckdb.Error as error:
        raise damaged_parquet(str(file), error) from None
    return [str(row[0]) for row in described], [str(row[1]) for row in described]


def _without_row_number(workspace: Workspace, file: Path, link: Path) -> Path:
    """A copy without the column that hides the engine's own numbers of rows."""
    copy = link.with_name(f"{link.name}-copy")
    query = f"SELECT * EXCLUDE ({ROW_NUMBER}) FROM read_parquet({literal(str(link))})"
    try:
        workspace.run("", f"COPY ({query}) TO {literal(str(copy))} (FORMAT parquet, PRESERVE_ORDER)")
    except duckdb.Error as error:
        raise damaged_parquet(str(file), error) from None
    return copy


def damaged_parquet(name: str, error: Exception) -> DialtestError:
    """What to say of a Parquet file the engine cannot read; names of the workspace's own files are left out."""
    reason = re.sub(r' file "[^"]*"', "", first_line(error)).partition("'")[0].rstrip(" :") or _("unreadable")
    return BadInput(
        Problems(
            [
                Problem(
                    name,
                    "unreadable file",
                    _("Nothing of it was used. Fetch the file again, or export it again."),
                    what=_("The Parquet file is cut off or damaged ({reason}).").format(reason=reason),
                )
            ]
        )
    )


def _text(file: Path, link: Path, head: bytes, known: Headers, needed: tuple[str, ...]) -> ExportFile:
    encoding = WIDE.get(head[:2]) or "utf-8"
    if head.count(0) * LEAST_ZEROS > len(head) and encoding == "utf-8":
        encoding = wide(head[: len(head) // 2 * 2], str(file))
    text = head[: len(head) // 2 * 2].decode(encoding, "replace") if encoding != "utf-8" else _first_lines(file, head)
    lines = text.removeprefix("\ufeff").splitlines()
    row = next((index for index, line in enumerate(lines) if line.strip()), None)
    if row is None:
        raise DialtestError(_("{path} is empty.").format(path=file), _("Its first row must name the columns."))
    line = lines[row]
    if _ends_in_return(text.removeprefix("\ufeff"), row):
        link, encoding = _with_line_feeds(link, encoding), "utf-8"
    delimiter = max(DELIMITERS, key=line.count)
    header = next(csv.reader([line], delimiter=delimiter), [])
    places = _places(str(file), header, known, needed)
    types = ("VARCHAR",) * len(header)
    return ExportFile(str(file), file, link, "csv", tuple(header), places, types, delimiter, encoding, row + 1)


def _ends_in_return(text: str, row: int) -> bool:
    """Whether a line ends in a carriage return alone, as old Macintoshes and some reporting tools write."""
    line = text.splitlines(keepends=True)[row]
    return line.endswith("\r")


def _with_line_feeds(link: Path, encoding: str) -> Path:
    """A copy with line feeds instead; wide text becomes UTF-8, the bytes of any other stay what they are."""
    copy = link.with_name(f"{link.name}-copy")
    kept = "utf-8" if encoding != "utf-8" else "latin-1"
    try:
        with (
            link.open(encoding=encoding if encoding != "utf-8" else kept, errors="replace") as source,
            copy.open("w", encoding=kept, newline="\n") as target,
        ):
            shutil.copyfileobj(source, target, COPIED_CHARACTERS)
    except OSError as error:
        raise no_room(str(error.strerror)) from None
    return copy


def _first_lines(file: Path, head: bytes) -> str:
    """The lines up to and with the header; whatever comes behind may have other faults, told row by row."""
    content = head.removeprefix(b"\xef\xbb\xbf")
    blank = len(content) - len(content.lstrip(b"\r\n"))
    end = content.find(b"\n", blank)
    if end < 0 and len(head) >= LONGEST_HEADER:
        raise DialtestError(
            _("{path} is not a table: its first line does not end.").format(path=file), _("Give a CSV or XLSX table.")
        )
    return decoded(content if end < 0 else content[: end + 1], str(file))


def _places(file: str, header: list[str], known: Headers, needed: tuple[str, ...]) -> dict[str, int]:
    problems = Problems()
    layout = lay_out(file, header, known, (), problems)
    for name in needed:
        if name not in layout.places and INSTEAD.get(name) not in layout.places:
            expected = _("a column {chinese} ({english})").format(chinese=known[name][0], english=name)
            remedy = _("Add the column, or rename the one that holds it; docs/audit.md lists every header.")
            problems.add(Problem(file, "missing column", remedy, " ".join(header), expected, 1))
    for name, places in layout.places.items():
        if len(places) > 1:
            expected = _("one column for {field}").format(field=name)
            remedy = _("Remove one of the two.")
            problems.add(Problem(file, "two columns for one", remedy, layout.header(name), expected, 1))
    raise_if_any(problems)
    return {name: places[0] for name, places in layout.places.items()}
