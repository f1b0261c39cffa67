"""How a journal's database is reached, and in which words its failures are told."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.printable import printable
from dialtest.language import _

BUSY_TIMEOUT_S = 60
CAUSE_CHARACTERS = 300


def open_engine(url: str | URL, *, read_only: bool = False) -> Engine:
    """An engine for the database at `url`; SQLite is set to write ahead, durable at every commit.

    Whatever fails later is raised as DialtestError. Raises it at once for a URL nobody can read or a missing driver.
    """
    try:
        parsed = make_url(url)
        path = sqlite_file(parsed)
        if read_only and path is not None:
            engine = create_engine(parsed, creator=_read_only_connector(path))
        else:
            engine = create_engine(parsed)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise _unusable(url, error) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_reading if read_only else _set_up_writing)
    event.listen(engine, "handle_error", _Telling(shown(parsed)))
    return engine


def sqlite_file(url: URL) -> Path | None:
    """The file an SQLite URL names; None for a database in memory or of another kind."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def shown(url: URL) -> str:
    """The database as messages name it: the file, or the URL without its password."""
    path = sqlite_file(url)
    return printable(str(path) if path else url.render_as_string(hide_password=True))


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose every read shows the database as it was at the first."""
    if engine.dialect.name != "sqlite":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection


def _read_only_connector(path: Path) -> Callable[[], sqlite3.Connection]:
    """SQLite keeps files beside a write-ahead database even to read it, and only who may write tidies them away; where
    it may not write it must be told that nobody else does.
    """
    ahead = Path(f"{path}-wal")
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        mode = "mode=rw"
    elif os.access(path.parent, os.W_OK) or (ahead.exists() and ahead.stat().st_size):
        mode = "mode=ro"
    else:
        mode = "immutable=1"
    address = f"file:{quote(str(path.absolute()))}?{mode}"
    return lambda: sqlite3.connect(address, uri=True, check_same_thread=False, timeout=BUSY_TIMEOUT_S)


def _set_up_writing(connection: Any, _record: Any) -> None:
    """Pages of 16 KiB take a third off the time to fill a journal; a database keeps those it was made with."""
    waits = f"busy_timeout={BUSY_TIMEOUT_S * 1000}"
    for pragma in ("page_size=16384", "journal_mode=WAL", "synchronous=FULL", waits, "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_reading(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


class _Telling:
    """Turns what a driver raises into what a user can act on."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __call__(self, context: ExceptionContext) -> DialtestError | None:
        error = context.original_exception
        if not isinstance(context.sqlalchemy_exception, DBAPIError):
            return None
        cause = _cause(error)
        tell = _KINDS.get(_code(error), _unreachable if context.connection is None else _failed)
        return tell(self.where, cause)


def _cause(error: BaseException) -> str:
    return printable(" ".join(str(error).split()), CAUSE_CHARACTERS)


def _code(error: BaseException) -> str:
    """The kind of failure: SQLite's primary result code by name, or the class of PostgreSQL's SQLSTATE."""
    name = getattr(error, "sqlite_errorname", None)
    if name:
        return "_".join(str(name).split("_")[:2])
    state = str(getattr(error, "sqlstate", None) or "")
    return state if state in _KINDS else state[:2]


def _full(where: str, cause: str) -> DialtestError:
    return CouldNotTest(
        _("The disk is full: {where} could not be written ({cause}). Everything committed before is safe.").format(
            where=where, cause=cause
        ),
        _("Free disk space, then run again; the run goes on where it stopped."),
    )


def read_only_error(where: str, cause: str) -> DialtestError:
    """The journal cannot be written to."""
    return CouldNotTest(
        _("The journal {where} cannot be written: {cause}. Nothing in it was changed.").format(
            where=where, cause=cause
        ),
        _("Make the file and its folder writable, then run again."),
    )


def damaged(where: str, cause: str) -> DialtestError:
    """The database is broken, or not what a journal looks like."""
    return DialtestError(
        _("The journal {where} is damaged: {cause}.").format(where=where, cause=cause),
        _("Keep the file as it is for examination, and go on with a copy from before."),
    )


def _busy(where: str, cause: str) -> DialtestError:
    return CouldNotTest(
        _("Another program has kept the journal {where} locked for more than a minute ({cause}).").format(
            where=where, cause=cause
        ),
        _("Find out which program has it open and end it, then run again."),
    )


def _there_already(where: str, cause: str) -> DialtestError:
    return DialtestError(
        _("The journal {where} refuses what does not fit what it holds: {cause}.").format(where=where, cause=cause),
        _("Two programs may be writing it. Run `dialtest evidence verify`."),
    )


def _unreachable(where: str, cause: str) -> DialtestError:
    return CouldNotTest(
        _("The journal {where} cannot be opened: {cause}.").format(where=where, cause=cause),
        _("See that the database is there and may be used, then run again."),
    )


def _failed(where: str, cause: str) -> DialtestError:
    return CouldNotTest(
        _("The journal {where} failed: {cause}. Everything committed before is safe.").format(where=where, cause=cause),
        _("Mend the cause, then run again; the run goes on where it stopped."),
    )


def _unusable(url: str | URL, error: Exception) -> DialtestError:
    kind = printable(str(url).partition(":")[0], 40)
    return DialtestError(
        _("The journal's address “{kind}:…” cannot be used: {cause}.").format(kind=kind, cause=_cause(error)),
        _("Write sqlite:///journal.db, or postgresql+psycopg://user@host/name with dialtest[postgresql] installed."),
    )


_KINDS: dict[str, Callable[[str, str], DialtestError]] = {
    "SQLITE_FULL": _full,
    "SQLITE_READONLY": read_only_error,
    "SQLITE_CANTOPEN": _unreachable,
    "SQLITE_PERM": _unreachable,
    "SQLITE_AUTH": _unreachable,
    "SQLITE_CORRUPT": damaged,
    "SQLITE_NOTADB": damaged,
    "SQLITE_ERROR": damaged,  # a table or column is gone; the statements themselves are fixed
    "SQLITE_MISMATCH": damaged,
    "SQLITE_BUSY": _busy,
    "SQLITE_LOCKED": _busy,
    "SQLITE_CONSTRAINT": _there_already,
    "53100": _full,
    "25006": read_only_error,
    "42501": read_only_error,
    "55P03": _busy,
    "08": _unreachable,
    "28": _unreachable,
    "3D": _unreachable,
    "23": _there_already,
    "42": damaged,
}
"""By SQLite result code, or SQLSTATE or its class (PostgreSQL, appendix A)."""
