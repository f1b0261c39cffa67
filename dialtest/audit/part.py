"""One export as a part of an audit's table: Parquet is read where it lies, any other export is put down as Parquet."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dialtest.audit.export_file import ROW_NUMBER, ExportFile, damaged_parquet
from dialtest.audit.field import Field
from dialtest.audit.in_place import odd_codes, odd_parquet_codes, odd_rows, odd_text, plain_text, rows_in_place
from dialtest.audit.numbered_rows import is_a_row_a_line, write_numbered
from dialtest.audit.reading import BLANK, reading, relation
from dialtest.audit.workspace import Workspace, first_line, literal, no_room
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy

MOSTLY_ODD = 4
"""From one odd row in so many, every row is read with a closer look (ours)."""
FIRST_ROWS = 1_000
"""So many rows of text tell beforehand whether most are odd (ours)."""


class Part:
    """The rows of an export by their numbers. Those whose number stands in the part's table are told there instead."""

    def __init__(
        self, workspace: Workspace, policy: Policy, fields: tuple[Field, ...], export: ExportFile, table: str
    ) -> None:
        self._workspace, self._policy, self._fields, self._table = workspace, policy, fields, table
        self.export = export
        self._names = ", ".join(field.name for field in fields)
        self._path = literal(str(workspace.folder / f"{table}.parquet"))
        self._own = f"read_parquet({self._path})"
        self._lying = ""
        self._sure_of_numbers = True
        self._rows = self._blank = 0
        columns = ", ".join(f"{field.name} {field.sql_type}" for field in fields)
        workspace.run("", f"CREATE TABLE {table} ({columns}, cause VARCHAR, row_number BIGINT)")

    def take(self) -> None:
        """Take the export in. Raises DialtestError, BadInput."""
        if self.export.kind == "parquet":
            taken = self._look_through()
        else:
            engine_reads = self.export.kind == "csv" and self.export.encoding == "utf-8"
            taken = engine_reads and (self._put_down_plain() or self._put_down_read())
        if not taken:
            self._put_down_numbered()

    @property
    def total(self) -> int:
        """How many rows the export has, bad ones and all, but for blank ones."""
        return self._rows - self._blank

    @property
    def unchanged(self) -> bool:
        """Whether no row is told instead of another."""
        return not self._count(self._table)

    def rows(self) -> str:
        """SQL for all rows: the fields, `cause` and `row_number`, which counts from 1 as people do in the export."""
        names = f"{self._names}, cause, row_number"
        if self.unchanged:
            return f"SELECT {names} FROM ({self._lying}) AS lying"
        others = f"row_number NOT IN (SELECT row_number FROM {self._table})"
        return (
            f"SELECT {names} FROM ({self._lying}) AS lying WHERE {others} UNION ALL SELECT {names} FROM {self._table}"
        )

    def chosen(self, which: str) -> str:
        """SQL for the good rows for which the SQL `which` holds, with numbers that can be told."""
        if not self._sure_of_numbers and not self._is_a_row_a_line():
            self._put_down_numbered()
        return f"SELECT {self._names}, row_number FROM ({self.rows()}) AS every WHERE cause IS NULL AND {which}"

    def tell_instead(self, rows: str) -> None:
        """Let `rows`, SQL for fields, cause and number, stand for the rows of these numbers."""
        self._workspace.run("", f"DELETE FROM {self._table} WHERE row_number IN (SELECT row_number FROM ({rows}) AS r)")
        self._workspace.run("", f"INSERT INTO {self._table} BY NAME {rows}")

    def _look_through(self) -> bool:
        """Use Parquet as it lies, if that can be done: the rows for which it cannot are told instead."""
        codes = odd_parquet_codes(self.export, self._fields)
        if codes is None:
            return False
        odd = f"{self._table}_odd"
        try:
            self._rows = self._count(relation(self.export))
            found = odd_rows(self.export, self._fields, codes=self._workspace.number(codes) > 0)
            self._workspace.run(self._doing(), f"CREATE TABLE {odd} AS {found} LIMIT {self._rows // MOSTLY_ODD + 1}")
        except duckdb.Error as error:
            raise damaged_parquet(self.export.name, error) from None
        if self._count(odd) * MOSTLY_ODD > self._rows:
            self._workspace.run("", f"DROP TABLE {odd}")
            return False
        self._lying = rows_in_place(self.export, self._fields)
        if self._count(odd):
            self._tell_apart(reading(self.export, self._fields, self._policy, odd, numbered=True))
        return True

    def _put_down_plain(self) -> bool:
        """Put text down as the values it is written as; the odd rows are read with a closer look, and told instead."""
        number = self._number_of_line()
        for codes in (False, True):
            rows = plain_text(self.export, self._fields, codes)
            if not rows or self._begins_odd(rows) or self._put_down(rows):
                return False
            if not self._workspace.number(odd_codes(f"(FROM {self._own} WHERE own IS NULL)")):
                break
        if odd := self._count(f"{self._own} WHERE own IS NOT NULL"):
            if odd * MOSTLY_ODD > self._count(self._own) or not self._is_a_row_a_line():
                return False
            told = odd_text(self.export, self._own, number)
            self._tell_apart(reading(self.export, self._fields, self._policy, told, numbered=True))
        self._use_put_down(number)
        return True

    def _begins_odd(self, rows: str) -> bool:
        """Whether the first rows of text show that it is better read with a closer look at every row."""
        first = f"(SELECT own FROM ({rows}) AS every LIMIT {FIRST_ROWS}) AS first"
        try:
            return self._count(f"{first} WHERE own IS NOT NULL") * MOSTLY_ODD > self._count(first)
        except duckdb.Error:
            return True

    def _put_down_read(self) -> bool:
        """Put text down with a closer look at every row, if it can be laid out and be numbered where any is bad."""
        number = self._number_of_line()
        if self._put_down(reading(self.export, self._fields, self._policy, relation(self.export))):
            return False
        if self._count(f"{self._own} WHERE cause IS NOT NULL"):
            if not self._is_a_row_a_line():
                return False
            self._tell_apart(f"SELECT *, {number} AS row_number FROM {self._own} WHERE cause IS NOT NULL")
        self._use_put_down(number)
        return True

    def _number_of_line(self) -> str:
        """SQL for the number of a row that was put down, if each is a line: to be made sure of before it is told."""
        self._sure_of_numbers = False
        return f"{ROW_NUMBER} + 1 + {self.export.header_row}"

    def _put_down_numbered(self) -> None:
        """Put every row down with its number; malformed ones are rejected."""
        rewritten, malformed = (None, 0) if self.export.kind == "parquet" else self._rewrite()
        if error := self._put_down(self._numbered(rewritten)):
            raise self._unreadable(error)
        if rewritten:
            rewritten.unlink()
        self._sure_of_numbers = True
        self._tell_apart(f"FROM {self._own} WHERE cause IS NOT NULL")
        self._use_put_down("row_number", malformed)

    def _numbered(self, rewritten: Path | None) -> str:
        """SQL for the values of rows that have their numbers."""
        rows = relation(self.export, rewritten, numbered=True)
        return reading(self.export, self._fields, self._policy, rows, numbered=True)

    def _use_put_down(self, number: str, malformed: int = 0) -> None:
        """Read the rows that were put down; number: SQL for the number of a row."""
        self._lying = f"SELECT {self._names}, CAST(NULL AS VARCHAR) AS cause, {number} AS row_number FROM {self._own}"
        self._rows = self._count(self._own) + malformed

    def _put_down(self, rows: str) -> duckdb.Error | None:
        """Put rows down as Parquet, in their order; what was wrong where that could not be done."""
        try:
            self._workspace.run(self._doing(), f"COPY ({rows}) TO {self._path} (FORMAT parquet, PRESERVE_ORDER)")
        except duckdb.Error as error:
            return error
        return None

    def _tell_apart(self, odd: str) -> None:
        """Let rows, read with what is wrong with them, stand for those of their numbers; the bad ones are rejected."""
        self.tell_instead(f"SELECT {self._names}, cause, row_number FROM ({odd}) AS odd")
        self._blank = self._count(f"{self._table} WHERE cause = '{BLANK}'")
        texts = ", ".join(f"coalesce(CAST({field.name} AS VARCHAR), '?')" for field in self._fields)
        self._workspace.run(
            _("Looking up the rejected rows of {file}").format(file=self.export.name),
            f"INSERT INTO rejected SELECT ?, row_number, cause, field, found, concat_ws(' ', {texts})"
            f" FROM ({odd}) AS odd WHERE cause <> '{BLANK}'",
            [self.export.name],
        )

    def _is_a_row_a_line(self) -> bool:
        self._sure_of_numbers = is_a_row_a_line(self.export, self._count(self._own))
        return self._sure_of_numbers

    def _rewrite(self) -> tuple[Path, int]:
        """Write text with its row numbers, and reject the malformed rows; where to, and how many those are."""
        self._workspace.tell(_("Numbering the rows of {file}").format(file=self.export.name))
        parts = ("rows", "malformed", "guessed")
        rows, bad, guessed = (self._workspace.folder / f"{self._table}-{part}.csv" for part in parts)
        try:
            count = write_numbered(self.export, rows, bad, guessed)
        except OSError as error:
            raise no_room(str(error.strerror)) from None
        if count:
            columns = "{'row_number': 'BIGINT', 'cause': 'VARCHAR', 'line': 'VARCHAR'}"
            source = f"read_csv(?, auto_detect=false, delim=',', quote='\"', escape='\"', columns={columns})"
            insert = f"INSERT INTO rejected SELECT ?, row_number, cause, NULL, NULL, line FROM {source}"
            self._workspace.run("", insert, [self.export.name, str(bad)])
            maybe = self._numbered(guessed)
            self.tell_instead(f"SELECT {self._names}, 'malformed' AS cause, row_number FROM ({maybe}) AS maybe")
        bad.unlink()
        guessed.unlink()
        return rows, count

    def _count(self, rows: str) -> int:
        return self._workspace.number(f"SELECT count(*) FROM {rows}")

    def _doing(self) -> str:
        return _("Reading {file}").format(file=self.export.name)

    def _unreadable(self, error: Exception) -> DialtestError:
        if self.export.kind == "parquet":
            return damaged_parquet(self.export.name, error)
        return DialtestError(
            _("{path} cannot be read: {reason}.").format(path=self.export.name, reason=first_line(error)),
            _("Export it again as CSV (UTF-8)."),
        )
