"""Lets one program at a time read a journal and write what follows from it; the others wait for their turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from dialtest.errors import CouldNotTest
from dialtest.evidence.engine import BUSY_TIMEOUT_S, shown, sqlite_file
from dialtest.language import _

ADVISORY_LOCK = 0x6469616C
"""The number PostgreSQL knows the turn by, in the journal's own database."""


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Wait for the turn, a minute at most, and hold it; it ends with its process, however that ends.

    Raises CouldNotTest where another program holds it for longer.
    """
    path = sqlite_file(engine.url)
    if path is not None:
        lock = FileLock(path.with_name(f".{path.name}.turn"), timeout=BUSY_TIMEOUT_S)
        try:
            lock.acquire()
        except Timeout:
            raise CouldNotTest(
                _("Somebody else has been deciding on the journal {where} for more than a minute.").format(
                    where=shown(engine.url)
                ),
                _("Find out which program has it open and end it, then run again."),
            ) from None
        try:
            yield
        finally:
            lock.release()
    elif engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_S}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            yield
    else:
        yield
