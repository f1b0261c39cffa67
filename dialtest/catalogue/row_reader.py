"""Reads one row after the other by a layout: finds each field's text and notes what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from dialtest.catalogue.columns import Headers, Layout, lay_out
from dialtest.catalogue.table_file import open_table
from dialtest.catalogue.words import narrow
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.problem import Problem, Problems

Meaning = TypeVar("Meaning")


class RowReader:
    """The row being read: its number, its texts, and whether anything in it was wrong."""

    def __init__(self, file: str, layout: Layout, problems: Problems) -> None:
        self.file = file
        self.layout = layout
        self.problems = problems
        self.number = 0
        self.bad = False
        self._cells: Sequence[str] = ()
        self._places = {name: places[0] for name, places in layout.places.items()}
        self._twice = {name: places for name, places in layout.places.items() if len(places) > 1}

    def take(self, number: int, cells: Sequence[str]) -> bool:
        """Go to a row; False, with a problem noted, when it is wider or narrower than the header."""
        self.number, self.bad, self._cells = number, False, cells
        width = self.layout.width
        if len(cells) == width or (len(cells) > width and not any(map(str.strip, cells[width:]))):
            return True
        cause = "too few columns" if len(cells) < width else "too many columns"
        found = _("{count} columns").format(count=len(cells))
        expected = _("{count}, as in the header").format(count=width)
        self.wrong("", cause, found, expected, _("Look for a delimiter missing, or one inside a text without quotes."))
        return False

    def wrong(self, field: str, cause: str, found: str, expected: str, remedy: str) -> None:
        """Note a problem of this row."""
        self.bad = True
        column = self.layout.header(field) if field else ""
        self.problems.add(Problem(self.file, cause, remedy, found, expected, self.number, column))

    def raw(self, field: str) -> str:
        """The field's text as it stands, without blanks around it; empty where the table has no such column."""
        if self._twice and field in self._twice:
            return self._agreed(field)
        place = self._places.get(field)
        return self._cells[place].strip() if place is not None else ""

    def text(self, field: str) -> str:
        """The field's text in half-width letters and signs."""
        raw = self.raw(field)
        return raw if raw.isascii() else narrow(raw)

    def shown(self, field: str, most: int, needed: bool = True) -> str:
        """A text for people's eyes, at most `most` characters, no control characters."""
        text = self.raw(field)
        if text.isprintable() and (text or not needed) and len(text) <= most:
            return text
        if not text:
            self.wrong(field, "missing text", "", _("a text"), _("Fill the cell."))
        elif len(text) > most:
            expected = _("at most {most} characters").format(most=most)
            self.wrong(field, "text too long", text, expected, _("Shorten it."))
        elif any(not (letter.isprintable() or letter in "\r\n\t") for letter in text):
            self.wrong(field, "control characters", text, _("printable text"), _("Remove what cannot be seen."))
        return " ".join(text.split())

    def word(self, field: str, words: Mapping[str, Meaning], default: Meaning) -> Meaning:
        """The value a word means; `default`, with a problem noted, for a word nobody knows."""
        text = self.text(field).casefold()
        meaning = words.get(text)
        if meaning is not None:
            return meaning
        near = get_close_matches(text, [word for word in words if word], 1) if 0 < len(text) < 100 else []
        remedy = _("Do you mean “{near}”?").format(near=near[0]) if near else _("Write one of these.")
        choices = ", ".join(word for word in words if word)
        self.wrong(field, "unknown word", text, _("one of: {choices}").format(choices=choices), remedy)
        return default

    def has(self, field: str) -> bool:
        """Whether the table has this column and the row something in it."""
        return bool(self.raw(field))

    def _agreed(self, field: str) -> str:
        """Two columns may mean the same field (服务代码 and 接入号); then they must agree, or one be empty."""
        texts = [text for place in self._twice[field] if (text := self._cells[place].strip())]
        if len(set(map(narrow, texts))) > 1:
            expected = _("the same in both columns")
            self.wrong(field, "contradiction", " / ".join(texts), expected, _("Keep the right one."))
        return texts[0] if texts else ""


def read_rows(
    path: Path, known: Headers, needed: Sequence[str], problems: Problems, notes: list[str] | None = None
) -> Iterator[RowReader]:
    """Each row that is as wide as the header, one after the other, in one reader; what is wrong goes to `problems`.

    A file that cannot be read, or lacks a needed column, gives problems and no rows. Headers nobody knows go to
    `notes`.
    """
    try:
        table = open_table(path)
        layout = lay_out(table.name, table.header, known, needed, problems)
        if notes is not None:
            notes += layout.ignored
        if any(name not in layout.places for name in needed):
            return
        reader = RowReader(table.name, layout, problems)
        for number, cells in table.rows:
            if reader.take(number, cells):
                yield reader
    except DialtestError as error:
        problems.add(Problem(path.name, "unreadable file", error.remedy, what=error.problem))
