"""One process at a time drives a campaign folder; a second is told who does."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from errno import ENOTDIR
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from filelock import FileLock, Timeout

from dialtest.clock import wall_now
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.printable import printable
from dialtest.language import _

LOCK_NAME = ".dialtest.lock"
HOLDER_NAME = ".dialtest.holder.json"
HOLDER_LIMIT = 4_000
COMMAND_CHARACTERS = 200


class Holder(msgspec.Struct, frozen=True):
    """Who drives a campaign: process id, machine, since when, with which command."""

    pid: int
    host: str
    since: datetime
    command: str


class Held(DialtestError):
    """Another process drives this campaign now."""


@contextmanager
def hold(folder: Path) -> Iterator[Holder]:
    """Hold a campaign folder; raises Held when another process has it, CouldNotTest when it cannot be written.

    The lock is the operating system's: it ends with its process, however that ends, so none is ever stale. Who holds it
    stands in a file beside it that is believed only while the lock is held.
    """
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        if not folder.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))  # the lock would make it
        lock.acquire()
    except Timeout:
        raise _held(folder) from None
    except OSError as error:
        raise _not_writable(folder, error) from None
    try:
        yield _announced(folder)
    finally:
        (folder / HOLDER_NAME).unlink(missing_ok=True)
        lock.release()


def _announced(folder: Path) -> Holder:
    command = printable(shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]), COMMAND_CHARACTERS)
    holder = Holder(os.getpid(), socket.gethostname(), wall_now(ZoneInfo("UTC")), command)
    beside = folder / f"{HOLDER_NAME}.{holder.pid}"
    try:
        beside.write_bytes(msgspec.json.encode(holder))
        beside.replace(folder / HOLDER_NAME)
    except OSError as error:
        raise _not_writable(folder, error) from None
    return holder


def _held(folder: Path) -> Held:
    holder = _holder(folder)
    shown = printable(str(folder))
    remedy = _("Wait until it has ended, or end it; then run again.")
    if holder is None:
        return Held(_("The campaign {folder} is held by another process.").format(folder=shown), remedy)
    problem = _("The campaign {folder} is held by process {pid} on {host} since {since}: {command}").format(
        folder=shown,
        pid=holder.pid,
        host=printable(holder.host, 100),
        since=f"{holder.since.astimezone():%Y-%m-%d %H:%M:%S}",
        command=printable(holder.command, COMMAND_CHARACTERS),
    )
    return Held(problem, remedy)


def _holder(folder: Path) -> Holder | None:
    try:
        with (folder / HOLDER_NAME).open("rb") as file:
            holder = msgspec.json.decode(file.read(HOLDER_LIMIT), type=Holder)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return holder if holder.since.tzinfo else msgspec.structs.replace(holder, since=holder.since.replace(tzinfo=UTC))


def _not_writable(folder: Path, error: OSError) -> CouldNotTest:
    return CouldNotTest(
        _("The campaign folder {folder} cannot be written: {reason}.").format(
            folder=printable(str(folder)), reason=error.strerror or error
        ),
        _("Make it, or make it writable, then run again."),
    )
