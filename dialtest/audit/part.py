"""One export as a part of an audit's table: its rows are read where they lie, or stand in a table of the part's own."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dialtest.audit.export_file import ExportFile, damaged_parquet
from dialtest.audit.field import Field
from dialtest.audit.in_place import odd_codes, odd_parquet_codes, odd_rows, plain_text, rows_in_place
from dialtest.audit.numbered_rows import write_numbered
from dialtest.audit.reading import numbered_reading, reading, relation
from dialtest.audit.workspace import Workspace, first_line, no_room
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy

MOSTLY_ODD = 4
"""From one odd row in so many, Parquet is not read where it lies (ours)."""


class Part:
    """An export is read once, as it is; only where rows are bad are these read again, with their numbers.

    Of rows that are read where they lie, those whose number stands in the part's table are told there instead.
    """

    def __init__(
        self, workspace: Workspace, policy: Policy, fields: tuple[Field, ...], export: ExportFile, table: str
    ) -> None:
        self._workspace, self._policy, self._fields, self._table = workspace, policy, fields, table
        self.export = export
        self.names = [field.name for field in fields]
        self._in_place = self._numbered = False
        self._rewritten: Path | None = None
        columns = ", ".join(f"{field.name} {field.sql_type}" for field in fields)
        workspace.run("", f"CREATE TABLE {table} ({columns}, cause VARCHAR, row_number BIGINT)")

    def take(self) -> int:
        """Take the export in; returns how many rows it has, bad ones and all. Raises DialtestError, BadInput."""
        if self.export.kind == "parquet":
            return self._look_through() or self._read_numbered()
        return self._read_text() or self._read_numbered()

    @property
    def lies(self) -> bool:
        """Whether every row is read where it lies."""
        return self._in_place and not self._count(self._table)

    def rows(self) -> str:
        """SQL for all rows: the fields and `cause`."""
        names = ", ".join([*self.names, "cause"])
        stored = f"SELECT {names} FROM {self._table}"
        if not self._in_place:
            return stored
        if self.lies:
            return f"SELECT {names} FROM ({rows_in_place(self.export, self._fields)}) AS lying"
        others = rows_in_place(self.export, self._fields, but=f"SELECT row_number FROM {self._table}")
        return f"SELECT {names} FROM ({others}) AS lying UNION ALL {stored}"

    def numbered(self, chosen: str) -> str:
        """SQL for the good rows the SQL `chosen` holds for: the fields and `row_number`, from 1 with the header's."""
        names = ", ".join([*self.names, "row_number"])
        if self._in_place:
            lying = rows_in_place(self.export, self._fields, but=f"SELECT row_number FROM {self._table}")
            rows = f"({lying} UNION ALL FROM {self._table}) AS every"
        elif self._numbered:
            rows = self._table
        else:
            number = f"SELECT row_number FROM ({self._reading()}) AS every WHERE {chosen}"
            rows = f"({self._reading(f'row_number IN ({number})')}) AS every"
        return f"SELECT {names} FROM {rows} WHERE cause IS NULL AND {chosen}"

    def tell_instead(self, chosen: str, rows: str) -> None:
        """Let `rows`, SQL for fields, cause and number, stand for the good rows the SQL `chosen` holds for."""
        if not self._in_place:
            self._workspace.run("", f"DELETE FROM {self._table} WHERE cause IS NULL AND {chosen}")
        self._workspace.run("", f"INSERT INTO {self._table} BY NAME {rows}")

    def _look_through(self) -> int | None:
        """Find out whether the export can be used as it lies, and read the rows that cannot; how many rows it has."""
        codes = odd_parquet_codes(self.export, self._fields)
        if codes is None:
            return None
        odd = f"{self._table}_odd"
        try:
            rows = self._count(relation(self.export))
            found = odd_rows(self.export, self._fields, codes=self._workspace.number(codes) > 0)
            self._workspace.run(self._doing(), f"CREATE TABLE {odd} AS {found} LIMIT {rows // MOSTLY_ODD + 1}")
        except duckdb.Error as error:
            raise damaged_parquet(self.export.name, error) from None
        if self._count(odd) * MOSTLY_ODD > rows:
            self._workspace.run("", f"DROP TABLE {odd}")
            return None
        self._in_place = True
        if self._count(odd):
            every = f"({numbered_reading(self.export, self._fields, self._policy, f'FROM {odd}')}) AS every"
            names = ", ".join([*self.names, "cause", "row_number"])
            self._workspace.run("", f"INSERT INTO {self._table} BY NAME SELECT {names} FROM {every}")
            self._reject(every)
        return rows

    def _read_text(self) -> int | None:
        """Read text as a whole; where anything is wrong in it, it must be read by row instead."""
        if self.export.kind == "workbook" or self.export.encoding != "utf-8":
            return None
        strict = "CASE WHEN cause IS NOT NULL THEN error(cause) END AS cause"
        every = f"SELECT * REPLACE ({strict}) FROM ({reading(self.export, self._fields, self._policy)}) AS every"
        for rows, odd in ((plain_text(self.export, self._fields), odd_codes(self._table)), (every, "")):
            if rows and self._insert_all(rows, odd):
                return self._count(self._table)
        return None

    def _insert_all(self, rows: str, odd: str) -> bool:
        """Whether every row could be inserted; odd: SQL that counts bad ones among them."""
        self._workspace.run("", "BEGIN TRANSACTION")
        try:
            self._workspace.run(self._doing(), f"INSERT INTO {self._table} BY NAME {rows}")
        except duckdb.Error:
            kept = False
        else:
            kept = not (odd and self._workspace.number(odd))
        self._workspace.run("", "COMMIT" if kept else "ROLLBACK")
        return kept

    def _read_numbered(self) -> int:
        """Read every row with its number, good and bad; returns how many there are, malformed ones and all."""
        malformed = self._rewrite(tell=True)
        names = ", ".join([*self.names, "cause", "row_number"])
        insert = f"INSERT INTO {self._table} BY NAME SELECT {names} FROM ({self._reading()}) AS every"
        try:
            self._workspace.run(self._doing(), insert)
        except duckdb.Error as error:
            raise self._unreadable(error) from None
        self._numbered = True
        bad = f"{self._table}_bad"  # a table, so that the engine knows how few they are
        self._workspace.run("", f"CREATE TABLE {bad} AS SELECT row_number FROM {self._table} WHERE cause IS NOT NULL")
        if self._count(bad):
            self._reject(f"({self._reading(f'row_number IN (FROM {bad})')}) AS every")
        return self._count(self._table) + malformed

    def _reject(self, rows: str) -> None:
        """Tell what is wrong with the bad ones of `rows`, SQL for rows read with their numbers."""
        texts = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '?')" for name in self.names)
        self._workspace.run(
            _("Looking up the rejected rows of {file}").format(file=self.export.name),
            f"INSERT INTO rejected SELECT ?, row_number, cause, field, found, concat_ws(' ', {texts})"
            f" FROM {rows} WHERE cause IS NOT NULL",
            [self.export.name],
        )

    def _reading(self, only: str = "TRUE") -> str:
        """SQL for rows with their numbers."""
        self._rewrite()
        rows = f"SELECT * FROM {relation(self.export, self._rewritten, numbered=True)} WHERE {only}"
        return numbered_reading(self.export, self._fields, self._policy, rows)

    def _rewrite(self, tell: bool = False) -> int:
        """See that text stands with its row numbers; returns how many rows are malformed, which `tell` rejects."""
        if self.export.kind == "parquet" or self._rewritten:
            return 0
        self._workspace.tell(_("Numbering the rows of {file}").format(file=self.export.name))
        rows, bad = (self._workspace.folder / f"{self.export.path.name}-{part}.csv" for part in ("rows", "malformed"))
        try:
            count = write_numbered(self.export, rows, bad)
        except OSError as error:
            raise no_room(str(error.strerror)) from None
        self._rewritten = rows
        if tell and count:
            columns = "{'row_number': 'BIGINT', 'cause': 'VARCHAR', 'line': 'VARCHAR'}"
            source = f"read_csv(?, auto_detect=false, delim=',', quote='\"', escape='\"', columns={columns})"
            insert = f"INSERT INTO rejected SELECT ?, row_number, cause, NULL, NULL, line FROM {source}"
            self._workspace.run("", insert, [self.export.name, str(bad)])
        bad.unlink()
        return count

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
