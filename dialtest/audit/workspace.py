"""The engine of an audit: DuckDB with bounded memory, spilling to a folder that is gone when the audit is over."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.language import _

DEFAULT_MEMORY = "2GB"
LOOK_EVERY_S = 0.2
_MEMORY = re.compile(r"[1-9][0-9]{0,6} ?[MG]B", re.IGNORECASE)

OnProgress = Callable[[str, float], object]
"""Told what is being done and, where known, how many percent of it are (else a negative number)."""


class Workspace:
    """One connection and one folder for what does not fit into memory."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection, on_progress: OnProgress) -> None:
        self.folder = folder
        self._connection = connection
        self._on_progress = on_progress

    def run(self, doing: str, statement: str, parameters: Sequence[object] | None = None) -> None:
        """Run one statement, or several without parameters, and report how far it is."""
        self._on_progress(doing, -1.0)
        over = Event()
        watch = Thread(target=self._watch, args=(doing, over), daemon=True)
        watch.start()
        try:
            self._execute(statement, parameters)
        finally:
            over.set()
            watch.join()

    def tell(self, doing: str) -> None:
        """Report what is being done outside the engine."""
        self._on_progress(doing, -1.0)

    def rows(self, statement: str, parameters: Sequence[object] | None = None) -> list[tuple[object, ...]]:
        """The rows of a small result."""
        return self._execute(statement, parameters).fetchall()

    def number(self, statement: str, parameters: Sequence[object] | None = None) -> int:
        """A result that is one whole number; 0 for nothing."""
        (value,) = self.rows(statement, parameters)[0]
        return int(str(value or 0))

    def columns(self, statement: str) -> Mapping[str, Any]:
        """The columns of a result as NumPy arrays, masked ones where a value is missing."""
        return self._execute(statement, None).fetchnumpy()

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert rows made here into a table; the values go in as parameters, a column each."""
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            slots = ", ".join("unnest(?)" for _column in columns)
            self._connection.execute(f"INSERT INTO {table} SELECT {slots}", columns)

    def write(self, query: str, path: Path, parameters: Sequence[object] | None = None) -> None:
        """Write a query's rows as CSV: complete, or not at all; texts a spreadsheet would run are made harmless."""
        partial = path.with_name(f".{path.name}.partial")
        try:
            self._execute(f"COPY ({query}) TO {literal(str(partial))} (FORMAT csv, HEADER)", parameters)
            partial.replace(path)
        except (duckdb.IOException, OSError) as error:
            raise DialtestError(
                _("{path} cannot be written: {reason}.").format(path=path, reason=first_line(error)),
                _("Choose another folder with --out."),
            ) from None
        finally:
            partial.unlink(missing_ok=True)

    def _execute(self, statement: str, parameters: Sequence[object] | None) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(statement, parameters)
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in str(error):
                raise no_room(first_line(error)) from None
            raise

    def _watch(self, doing: str, over: Event) -> None:
        while not over.wait(LOOK_EVERY_S):
            self._on_progress(doing, float(self._connection.query_progress()))


@contextmanager
def open_workspace(
    memory: str = DEFAULT_MEMORY, on_progress: OnProgress = lambda *_: None, threads: int | None = None
) -> Iterator[Workspace]:
    """A workspace that uses at most about `memory` (512MB, 4GB); its folder is under the system's temporary one."""
    if not _MEMORY.fullmatch(memory.strip()):
        raise DialtestError(
            _("“{memory}” is no amount of memory.").format(memory=memory[:40]), _("Write it as 512MB or 4GB.")
        )
    folder = Path(tempfile.mkdtemp(prefix="dialtest-audit-"))
    try:
        settings = {
            "memory_limit": memory.strip(),
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads:
            settings["threads"] = str(threads)
        connection = duckdb.connect(":memory:", config=dict(settings))
        try:
            connection.execute("SET enable_progress_bar = true")  # else nobody knows how far a statement is
            connection.execute("SET enable_progress_bar_print = false")
            yield Workspace(folder, connection, on_progress)
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def no_room(reason: str) -> CouldNotTest:
    """What to say when memory or the disk is full."""
    return CouldNotTest(
        _("The audit ran out of memory or of room to spill: {reason}").format(reason=reason),
        _("Allow more with --memory, or make room where temporary files go (TMPDIR)."),
    )


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def statement(name: str) -> str:
    """The SQL text shipped as `name`."""
    return files("dialtest.audit").joinpath(name).read_text(encoding="utf-8")


def first_line(error: Exception) -> str:
    """The first line of what the engine says, for a message."""
    return str(error).strip().partition("\n")[0][:300]
