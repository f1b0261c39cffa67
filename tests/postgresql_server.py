"""A PostgreSQL server of the tests' own, in a folder that is gone afterwards, reached by a socket in that folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "dialtest"
DEBIAN = Path("/usr/lib/postgresql")


class PostgresqlServer:
    """One server, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs = _programs()
        self._run("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self._folder}"
        self._run("pg_ctl", "start", "-w", "-D", self._folder / "data", "-l", self._folder / "log", "-o", options)

    def stop(self) -> None:
        """Stop it as a crash would: no connection is heard out, nothing is tidied up."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._folder / "data")

    def new_database(self, name: str) -> str:
        """Make an empty database; its SQLAlchemy URL."""
        with psycopg.connect(host=str(self._folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self._folder}"

    def _run(self, program: str, *arguments: object) -> None:
        """Run one of its programs, which refuse to be run by root."""
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/", text=True)
        assert done.returncode == 0, done.stdout


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A running server."""
    folder = Path(tempfile.mkdtemp(prefix="dialtest-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = PostgresqlServer(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Where PostgreSQL's programs are: on the path, or where Debian keeps them beside it."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    kept = sorted(DEBIAN.glob("*/bin/pg_ctl"))
    assert kept, "PostgreSQL's server is missing; on Debian: apt-get install postgresql"
    return kept[-1].parent
