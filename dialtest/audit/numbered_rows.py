"""Rewrites a text export row by row, each with its number, where the engine alone could not say which row is wrong."""

from __future__ import annotations

import csv
from codecs import StreamReader, getincrementaldecoder, getreader
from collections.abc import Callable, Generator, Iterator
from operator import methodcaller
from pathlib import Path
from typing import BinaryIO

from dialtest.audit.export_file import ExportFile
from dialtest.catalogue.table_file import open_table

LONGEST_LINE = 1_000_000
BLOCK_BYTES = 1 << 20
LONGEST_ROW = 100
"""So many lines a row may have whose quotation marks close on a later line than they open (ours)."""
SHOWN_CHARACTERS = 2_000
KEY = ("msisdn", "provider_code", "service_code")
"""What a row is about; for whom it speaks where nothing else of it can be read."""
CLOSER = (b'"', b"\x00", b"\r")
"""What makes a row need a closer look; a carriage return inside a line would end it for the engine."""

Line = tuple[int, bytes]
Read = Callable[[bytes], bytes | None]
"""Bytes of unknown encoding → UTF-8; None where they are no text."""
Malformed = tuple[int, str, str]
"""A row nobody can lay out in columns: its number, the cause, and the row as far as it can be shown."""


def write_numbered(export: ExportFile, rows_path: Path, malformed_path: Path, guessed_path: Path) -> int:
    """Write the rows that fit the header to `rows_path`, the row number in front, the others to `malformed_path`; what
    these might say goes to `guessed_path`, several rows each.

    All are UTF-8, the first and the last with the export's delimiter. Memory stays small whatever the size. Returns how
    many did not fit.
    """
    count = 0
    with (
        rows_path.open("wb") as good,
        malformed_path.open("w", encoding="utf-8", newline="") as bad,
        guessed_path.open("wb") as guessed,
    ):
        writer = csv.writer(bad)
        for item in _workbook_rows(export) if export.kind == "workbook" else _text_rows(export):
            if isinstance(item, bytes):
                good.write(item)
            else:
                writer.writerow(item)
                guessed.writelines(_guesses(item, export))
                count += 1
    return count


def is_a_row_a_line(export: ExportFile, rows: int) -> bool:
    """Whether each of the `rows` the engine found in text is one line: then there are as many lines, none of them blank
    or inside quotation marks.
    """
    lines, last = 0, b"\n"
    with export.path.open("rb") as opened:
        while block := opened.read(BLOCK_BYTES):
            if b"\r" in block or last == b"\r":
                whole = last + block
                if whole.count(b"\r", 0, -1) != whole.count(b"\r\n"):
                    return False
            lines += block.count(b"\n")
            last = block[-1:]
    return lines + (last != b"\n") == rows + export.header_row


def _text_rows(export: ExportFile) -> Iterator[bytes | Malformed]:
    """Every row below the header that is not blank: ready to write, many of them at once where they can be, or
    malformed.
    """
    width, delimiter = len(export.columns), export.delimiter
    mark = delimiter.encode()
    numbered = b"%d" + mark + b"%s\n"
    mixed = export.encoding == "utf-8" and not _is_utf8_throughout(export.path)
    read, stands = (_read_mixed, bytes.isascii) if mixed else (_read, _is_utf8)
    begun: list[Line] = []
    with export.path.open("rb") as opened:
        for first, lines in _blocks(opened, export.encoding):
            if not begun and first > export.header_row and stands(b"\n".join(lines)) and _fit(lines, mark, width):
                yield b"".join(map(numbered.__mod__, enumerate(lines, first)))
                continue
            below = ((number, line) for number, line in enumerate(lines, first) if number > export.header_row)
            begun = yield from _rows([*begun, *below], width, delimiter, read)
    yield from _rows(begun, width, delimiter, read, over=True)


def _rows(
    lines: list[Line], width: int, delimiter: str, read: Read, over: bool = False
) -> Generator[bytes | Malformed, None, list[Line]]:
    """The rows of lines, looked at one by one. Returns the last lines where a row of them may go on in the next ones,
    unless the file is over. Lines that do not fit together are a row each.
    """
    mark, place = delimiter.encode(), 0
    while place < len(lines):
        number, line = lines[place][0], lines[place][1].rstrip(b"\r")
        text, more = read(line), 0
        if text is not None and _fit([text], mark, width):
            yield b"%d%b%b\n" % (number, mark, text)
        elif line.strip(mark + b'" '):
            found = _lines_to_close(lines, place)
            if found is None and not over:
                return lines[place:]
            more = found or 0
            row = b"\n".join(line.rstrip(b"\r") for _number, line in lines[place : place + 1 + more])
            laid_out = _laid_out(number, row, width, delimiter, read)
            if more and isinstance(laid_out, tuple):
                laid_out, more = _laid_out(number, line, width, delimiter, read), 0
            yield laid_out
        place += 1 + more
    return []


def _lines_to_close(lines: list[Line], place: int) -> int | None:
    """How many lines after this one it takes to close the quotation marks opened on it; 0 also where none of the next
    ones does, None where the lines end before.
    """
    marks = length = 0
    for more in range(min(LONGEST_ROW, len(lines) - place)):
        line = lines[place + more][1]
        marks, length = marks + line.count(b'"'), length + len(line)
        if marks % 2 == 0:
            return more
        if length >= LONGEST_LINE:
            return 0
    return 0 if len(lines) >= place + LONGEST_ROW else None


def _fit(lines: list[bytes], mark: bytes, width: int) -> bool:
    """Whether each line of UTF-8 is a row as it stands."""
    together = b"".join(lines)
    return (
        not any(sign in together for sign in CLOSER)
        and set(map(methodcaller("count", mark), lines)) == {width - 1}
        and max(map(len, lines)) < LONGEST_LINE
    )


def _is_utf8(text: bytes) -> bool:
    try:
        return text.isascii() or text.decode() is not None
    except UnicodeDecodeError:
        return False


def _is_utf8_throughout(path: Path) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as opened:
            while block := opened.read(BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _read(line: bytes) -> bytes | None:
    """A line that is UTF-8 or GB18030, as UTF-8; None where it is neither."""
    return line if _is_utf8(line) else _from_gb18030(line)


def _read_mixed(line: bytes) -> bytes | None:
    """The same in a file with lines of GB18030, where `失效` is UTF-8 as well, but of letters nobody writes here."""
    if line.isascii():
        return line
    if _is_utf8(line) and any(letter > "\u07ff" for letter in line.decode()):
        return line
    return _from_gb18030(line) or (line if _is_utf8(line) else None)


def _from_gb18030(line: bytes) -> bytes | None:
    try:
        return line.decode("gb18030").encode()
    except UnicodeDecodeError:
        return None


def _laid_out(number: int, line: bytes, width: int, delimiter: str, read: Read) -> bytes | Malformed:
    """A row that needs a closer look: with quotes, of another width, or with bytes that are no text."""
    utf8 = read(line)
    shown = (line if utf8 is None else utf8).decode("utf-8", "replace")[:SHOWN_CHARACTERS].replace("\r", " ")
    if utf8 is None:
        return number, "undecodable text", shown
    if len(line) >= LONGEST_LINE or b"\x00" in line:
        return number, "control characters" if b"\x00" in line else "line too long", shown
    text = utf8.decode()
    try:
        cells = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return number, "control characters" if "\r" in text else "broken quotation", shown
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        return number, "too few columns" if len(cells) < width else "too many columns", shown
    return _row(number, cells, delimiter)


def _guesses(malformed: Malformed, export: ExportFile) -> Iterator[bytes]:
    """A malformed row laid out in every way that matters to its key: what is missing or too much, at one place or
    another before it or behind it.
    """
    number, _cause, shown = malformed
    cells = shown.replace('"', "").replace("\0", "").split(export.delimiter)
    width, last = len(export.columns), max((export.places[name] for name in KEY if name in export.places), default=-1)
    missing, too_many = [""] * (width - len(cells)), max(len(cells) - width, 0)
    for place in range(last + 2 if missing or too_many else 1):
        laid_out = [*cells[:place], *missing, *cells[place + too_many :]]
        yield _row(number, laid_out, export.delimiter)


def _row(number: int, cells: list[str], delimiter: str) -> bytes:
    quoted = (_cell(cell, delimiter) for cell in cells)
    return f"{number}{delimiter}{delimiter.join(quoted)}\n".encode()


def _cell(cell: str, delimiter: str) -> str:
    if any(sign in cell for sign in (delimiter, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""').replace("\r", " ").replace("\n", " ") + '"'
    return cell


def _blocks(opened: BinaryIO, encoding: str) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of about a block each, with the number of the first, without their ends. Of a line of more than
    LONGEST_LINE bytes no more than that is kept.
    """
    stream: BinaryIO | StreamReader = opened if encoding == "utf-8" else getreader(encoding)(opened, "replace")
    number, rest = 1, b""
    while piece := stream.read(BLOCK_BYTES):
        block = piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")
        *lines, rest = (rest + block).replace(b"\r\n", b"\n").split(b"\n")
        rest = rest[:LONGEST_LINE]
        if lines:
            yield number, lines
        number += len(lines)
    if rest:
        yield number, [rest]


def _workbook_rows(export: ExportFile) -> Iterator[bytes | Malformed]:
    width = len(export.columns)
    for number, cells in open_table(export.original).rows:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) == width:
            yield _row(number, cells, export.delimiter)
        else:
            cause = "too few columns" if len(cells) < width else "too many columns"
            yield number, cause, export.delimiter.join(cells)[:SHOWN_CHARACTERS]
