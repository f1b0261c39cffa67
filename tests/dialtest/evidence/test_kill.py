"""A process killed at any moment loses nothing it acknowledged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from dialtest.evidence import schema
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.postgresql_server import PostgresqlServer

KILLS = 4


@pytest.fixture(params=["file", "server"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new journal's address: SQLite or PostgreSQL."""
    if request.param == "file":
        return file_url(tmp_path / "journal.db")
    server: PostgresqlServer = request.getfixturevalue("server")
    return server.new_database("killed")


def run_and_kill(folder: Path, url: str, run: str, after: int) -> list[str]:
    """Start a writer, kill it without warning after some commits; the cases it acknowledged."""
    command = [sys.executable, "-m", "tests.dialtest.evidence.append_forever", str(folder), url, run]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(after)]
        process.kill()
        acknowledged += process.stdout.readlines()
    return [line.strip() for line in acknowledged if line.endswith("\n")]


def test_what_was_acknowledged_survives_every_kill_and_the_chains_hold(tmp_path: Path, url: str) -> None:
    chance, acknowledged = Random(2006), list[str]()
    for kill in range(KILLS):
        acknowledged += run_and_kill(tmp_path, url, f"run-{kill}", after=chance.randint(1, 40))
        journal = open_journal(url, read_only=True)
        found = verify(journal)
        with journal.reading() as connection:
            kept = set(connection.execute(select(schema.cases.c.case)).scalars())
        journal.close()
        assert [] == [each.text for each in found.discrepancies]
        assert set() == set(acknowledged) - kept
    assert len(acknowledged) >= KILLS
