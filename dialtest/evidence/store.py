"""Opens and creates the database a journal lives in, and carries it over from older releases."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, insert, inspect, select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.engine import damaged, open_engine, read_only_error, shown, sqlite_file
from dialtest.evidence.hold import hold as hold
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.language import _

SQLITE_HEADER = b"SQLite format 3\x00"
JOURNAL_TABLES = frozenset({"cases", "records", "alembic_version"})


def file_url(path: Path) -> str:
    """The address of a journal that is an SQLite file."""
    return URL.create("sqlite", database=str(path.absolute())).render_as_string(hide_password=False)


def open_journal(url: str, *, create: bool = True, read_only: bool = False) -> Journal:
    """The journal at an SQLAlchemy URL: an SQLite file, created if it is not there and `create` says so, or PostgreSQL.

    A journal of an older release is carried over in place unless `read_only`. Raises DialtestError for what is missing,
    no database, no journal, damaged, or written by a newer release; CouldNotTest when the disk is full or the file
    cannot be written.
    """
    engine = open_engine(url, read_only=read_only)
    path = sqlite_file(engine.url)
    try:
        if path is not None:
            _see_to_file(path, create and not read_only, read_only)
        _see_to_version(engine, create, read_only)
    except BaseException:
        engine.dispose()
        raise
    return Journal(engine)


def _see_to_file(path: Path, create: bool, read_only: bool) -> None:
    where = printable(str(path))
    try:
        if create and not path.exists():
            _create(path)
        with path.open("rb") as file:
            begins = file.read(len(SQLITE_HEADER))
    except FileNotFoundError:
        raise DialtestError(
            _("There is no journal {where}.").format(where=where), _("Run `dialtest run` first, or mend the path.")
        ) from None
    except OSError as error:
        raise DialtestError(
            _("The journal {where} cannot be read: {reason}.").format(where=where, reason=error.strerror),
            _("The journal is a file that dialtest writes; see that it may be read."),
        ) from None
    if begins != SQLITE_HEADER:
        found = _("it is empty") if not begins else _("it does not begin like an SQLite database")
        raise _no_journal(where, found)
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise read_only_error(where, _("the file or its folder is read-only"))


def _create(path: Path) -> None:
    """Make an empty journal; it appears under its name complete or not at all, so no kill leaves half of one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    if not path.parent.is_dir():
        raise DialtestError(
            _("The folder {folder} of the journal is not there.").format(folder=printable(str(path.parent))),
            _("Run `dialtest init` to make a campaign folder."),
        )
    if not os.access(path.parent, os.W_OK):
        raise read_only_error(printable(str(path)), _("the file or its folder is read-only"))
    draft.unlink(missing_ok=True)
    try:
        engine = open_engine(URL.create("sqlite", database=str(draft)))
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
                connection.exec_driver_sql("BEGIN")
                _make_tables(connection)
        finally:
            engine.dispose()
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _make_durable(path.parent)


def _name(draft: Path, path: Path) -> None:
    """Give the draft its name, unless another process was faster: its journal is as good."""
    with suppress(FileExistsError):
        try:
            os.link(draft, path)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
                raise
            draft.replace(path)  # a file system without links


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_tables(connection: Connection) -> None:
    """The newest tables at once; tests hold them equal to what the migrations give."""
    schema.metadata.create_all(connection)
    schema.version.create(connection)
    connection.execute(insert(schema.version), {"version_num": schema.VERSIONS[-1]})
    connection.commit()


def _see_to_version(engine: Engine, create: bool, read_only: bool) -> None:
    where = shown(engine.url)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables and create and not read_only:
            _make_tables(connection)
            return
        if not tables >= JOURNAL_TABLES:
            raise _no_journal(where, _("it is a database without a journal's tables"))
        found = connection.execute(select(schema.version.c.version_num)).scalars().all()
    if len(found) != 1:
        raise damaged(where, _("it says {count} times which version it has").format(count=len(found)))
    if found[0] == schema.VERSIONS[-1]:
        return
    if found[0] not in schema.VERSIONS:
        raise DialtestError(
            _("The journal {where} has version {found}; this dialtest knows versions up to {known}.").format(
                where=where, found=printable(str(found[0]), 40), known=schema.VERSIONS[-1]
            ),
            _("A newer release wrote it: install that release or a later one."),
        )
    if read_only:
        raise DialtestError(
            _("The journal {where} is of an older release (version {found}).").format(where=where, found=found[0]),
            _("Run `dialtest status` on its campaign once: it carries the journal over."),
        )
    _carry_over(engine)


def _carry_over(engine: Engine) -> None:
    # Imported here: alembic takes longer to load than a journal to open.
    from dialtest.evidence.migrations.upgrade import upgrade

    with engine.begin() as connection:
        upgrade(connection)


def _no_journal(where: str, found: str) -> DialtestError:
    return DialtestError(
        _("{where} is no journal: {found}.").format(where=where, found=found),
        _("Name a journal that dialtest made, or move this file away to begin a new one."),
    )
