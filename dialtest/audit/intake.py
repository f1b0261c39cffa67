"""Takes exports into the engine: every row becomes values of known types, or a rejected row with its cause.

None is lost, nothing is changed in place. An export is read once, as it is; only where rows are bad is it read again,
with row numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dialtest.audit.export_columns import CDR_HEADERS, CDR_NEEDED, SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED
from dialtest.audit.export_file import ExportFile, damaged_parquet, open_export
from dialtest.audit.field import CDR_FIELDS, HELD_FIELDS, SUBSCRIPTION_FIELDS, Field
from dialtest.audit.in_place import odd_codes, plain_rows, proof
from dialtest.audit.numbered_rows import write_numbered
from dialtest.audit.reading import numbered_reading, reading
from dialtest.audit.workspace import Workspace, first_line, no_room
from dialtest.catalogue.columns import Headers
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy

REJECTED = (
    "CREATE TABLE IF NOT EXISTS rejected"
    " (file VARCHAR, row_number BIGINT, cause VARCHAR, field VARCHAR, found VARCHAR, line VARCHAR)"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What an export of one kind holds: its headers by field, the columns it needs, and how fields are read."""

    headers: Headers
    needed: tuple[str, ...]
    fields: tuple[Field, ...]


CDR_LAYOUT = Layout(CDR_HEADERS, CDR_NEEDED, CDR_FIELDS)
HELD_LAYOUT = Layout(SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED, HELD_FIELDS)
SUBSCRIPTION_LAYOUT = Layout(SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED, SUBSCRIPTION_FIELDS)


class Intake:
    """Fills one table of the workspace from exports of one kind.

    The table has the layout's fields, and `cause`: NULL for a good row; a bad one also stands in `rejected`.
    """

    def __init__(self, workspace: Workspace, policy: Policy, table: str, layout: Layout) -> None:
        self._workspace, self._policy, self._layout = workspace, policy, layout
        self.table = table
        self._rewritten: dict[ExportFile, Path] = {}
        self._bad = 0
        self._in_place = False
        self.names = tuple(field.name for field in layout.fields)
        self.exports: list[ExportFile] = []
        columns = ", ".join(f"{field.name} {field.sql_type}" for field in layout.fields)
        workspace.run("", f"CREATE TABLE {table} ({columns}, cause VARCHAR)")
        workspace.run("", REJECTED)

    def take(self, files: Iterable[Path]) -> int:
        """Read every file; returns how many rows they have, bad ones and all. Raises DialtestError, BadInput."""
        layout, files = self._layout, list(files)
        _refuse_twice(files)
        opened = [open_export(self._workspace, file, layout.headers, layout.needed) for file in files]
        self.exports += opened
        if not self._rows() and all(self._is_plain(export) for export in opened):
            return self._read_in_place(opened)
        return sum(self._take(export) for export in opened)

    def hold(self) -> None:
        """Make the table one that can be changed, where its rows still lie in their exports."""
        if self._in_place:
            self._workspace.run(
                "",
                f"CREATE TABLE copied AS SELECT * FROM {self.table}; DROP VIEW {self.table};"
                f" ALTER TABLE copied RENAME TO {self.table}",
            )
            self._in_place = False

    def _is_plain(self, export: ExportFile) -> bool:
        """Whether an export can be used as it lies; every row is looked at once."""
        counting = proof(export, self._layout.fields)
        if counting is None:
            return False
        doing = _("Reading {file}").format(file=export.name)
        try:
            self._workspace.run(doing, f"CREATE OR REPLACE TABLE unlike AS {counting}")
            return self._workspace.number("FROM unlike") == 0
        except duckdb.Error as error:
            raise damaged_parquet(export.name, error) from None

    def _read_in_place(self, exports: list[ExportFile]) -> int:
        rows = " UNION ALL ".join(str(plain_rows(export, self._layout.fields, proved=True)) for export in exports)
        self._workspace.run("", f"DROP TABLE {self.table}; CREATE VIEW {self.table} AS {rows}")
        self._in_place = True
        return self._rows()

    def reading(self, export: ExportFile) -> str:
        """SQL for an export's rows with their row numbers."""
        if export.kind != "parquet" and export not in self._rewritten:
            self._rewrite(export, malformed=False)
        return numbered_reading(export, self._layout.fields, self._policy, self._rewritten.get(export))

    def _take(self, export: ExportFile) -> int:
        before = self._rows()
        malformed = 0
        if not self._insert_as_it_is(export):
            malformed = self._rewrite(export)
            try:
                self._insert(export, self.reading(export))
            except duckdb.Error as error:
                raise _unreadable(export, error) from None
        self._reject(export)
        return self._rows() - before + malformed

    def _insert_as_it_is(self, export: ExportFile) -> bool:
        """Whether that worked; a text export with anything wrong in it must be read by row instead."""
        if export.kind == "workbook" or export.encoding != "utf-8":
            return False
        fields = self._layout.fields
        plain = plain_rows(export, fields, proved=False)
        if plain and self._try(export, plain, odd_codes(self.table)):
            return True
        return self._try(export, reading(export, fields, self._policy), with_bad=export.kind == "parquet")

    def _try(self, export: ExportFile, rows: str, odd: str = "", with_bad: bool = False) -> bool:
        """Insert the rows if they are all good, or (with_bad) whatever they are; odd: SQL that counts more bad ones."""
        self._workspace.run("", "BEGIN TRANSACTION")
        try:
            self._insert(export, rows)
        except duckdb.Error as error:
            self._workspace.run("", "ROLLBACK")
            if export.kind == "parquet":
                raise damaged_parquet(export.name, error) from None
            return False
        kept = with_bad or (self._bad_rows() == self._bad and not (odd and self._workspace.number(odd)))
        self._workspace.run("", "COMMIT" if kept else "ROLLBACK")
        return kept

    def _rows(self) -> int:
        return self._workspace.number(f"SELECT count(*) FROM {self.table}")

    def _bad_rows(self) -> int:
        return self._workspace.number(f"SELECT count(cause) FROM {self.table}")

    def _insert(self, export: ExportFile, rows: str) -> None:
        names = ", ".join([*self.names, "cause"])
        doing = _("Reading {file}").format(file=export.name)
        self._workspace.run(doing, f"INSERT INTO {self.table} SELECT {names} FROM ({rows}) AS rows_read")

    def _rewrite(self, export: ExportFile, malformed: bool = True) -> int:
        """Rewrite a text export with row numbers; its malformed rows go to `rejected`. Returns how many they are."""
        self._workspace.tell(_("Numbering the rows of {file}").format(file=export.name))
        rows, bad = (self._workspace.folder / f"{export.path.name}-{part}.csv" for part in ("rows", "malformed"))
        try:
            count = write_numbered(export, rows, bad)
        except OSError as error:
            raise no_room(str(error.strerror)) from None
        self._rewritten[export] = rows
        if malformed and count:
            columns = "{'row_number': 'BIGINT', 'cause': 'VARCHAR', 'line': 'VARCHAR'}"
            source = f"read_csv(?, auto_detect=false, delim=',', quote='\"', escape='\"', columns={columns})"
            self._workspace.run(
                "",
                f"INSERT INTO rejected SELECT ?, row_number, cause, NULL, NULL, line FROM {source}",
                [export.name, str(bad)],
            )
        bad.unlink()
        return count

    def _reject(self, export: ExportFile) -> None:
        """Copy the bad rows of one export, with their numbers, to `rejected`."""
        bad = self._bad_rows()
        if bad > self._bad:
            self._workspace.run(
                _("Looking up the rejected rows of {file}").format(file=export.name),
                f"INSERT INTO rejected SELECT ?, row_number, cause, field, found, {self._whole_row()}"
                f" FROM ({self.reading(export)}) AS rows_read WHERE cause IS NOT NULL",
                [export.name],
            )
        self._bad = bad

    def _whole_row(self) -> str:
        """SQL for what could be read of a row, so that a rejected one can be found again in its source."""
        texts = (f"coalesce(CAST({name} AS VARCHAR), '?')" for name in self.names)
        return f"concat_ws(' ', {', '.join(texts)})"


def _refuse_twice(files: list[Path]) -> None:
    """One file given twice would be counted twice."""
    seen: set[Path] = set()
    for file in files:
        if file.resolve() in seen:
            raise DialtestError(_("{path} is given twice.").format(path=file), _("Give every export once."))
        seen.add(file.resolve())


def _unreadable(export: ExportFile, error: Exception) -> DialtestError:
    return DialtestError(
        _("{path} cannot be read: {reason}.").format(path=export.name, reason=first_line(error)),
        _("Export it again as CSV (UTF-8)."),
    )
