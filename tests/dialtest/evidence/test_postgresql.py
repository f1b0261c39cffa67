"""A journal in PostgreSQL is like one in a file: the same evidence, the same seal, as safe from whatever ends early."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select
from sqlalchemy.dialects import postgresql

from dialtest.errors import CouldNotTest
from dialtest.evidence import schema
from dialtest.evidence.journal import _INSERT_RECORD
from dialtest.evidence.seal import seal
from dialtest.evidence.store import open_journal
from dialtest.evidence.turn import turn
from dialtest.evidence.verify import verify
from tests.dialtest.campaign.campaign_folder import new_folder, set_to
from tests.dialtest.evidence.journals import dial, new_journal
from tests.postgresql_server import PostgresqlServer

NAMES = (f"journal{number}" for number in count(1))


@pytest.fixture
def url(server: PostgresqlServer) -> str:
    return server.new_database(next(NAMES))


def dialtest(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "dialtest", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


def campaign(parent: Path, journal: str = "sqlite:///journal.db") -> Path:
    parent.mkdir(exist_ok=True)
    folder = new_folder(parent)
    set_to(folder, '"sqlite:///journal.db"', f'"{journal}"')
    return folder


def seal_of(folder: Path) -> str:
    """What the newest seal of a campaign covers, when everything was found as it was written."""
    told = dialtest("evidence", "verify", folder)
    assert told.returncode == 0, told.stdout + told.stderr
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("Seal")]
    return line.partition(": ")[2]


def test_one_at_a_time_has_the_turn(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialtest.evidence.turn.BUSY_TIMEOUT_S", 1)
    first, second = open_journal(url), open_journal(url)
    with turn(first.engine), pytest.raises(CouldNotTest), turn(second.engine):
        raise AssertionError("two had the turn")
    with turn(second.engine):
        assert 1 == seal(second).number


def test_a_campaign_has_the_same_seal_in_a_file_and_on_a_server_however_it_was_stopped(
    tmp_path: Path, url: str
) -> None:
    in_file, on_server = campaign(tmp_path / "file"), campaign(tmp_path / "server", url)
    assert dialtest("run", in_file).returncode == 0
    for more in (("--until", "2006-07-15"), ("--jobs", "2"), ()):
        done = dialtest("run", on_server, *more)
        assert done.returncode == 0, done.stderr
    assert seal_of(on_server) == seal_of(in_file)
    in_file_told, on_server_told = (dialtest("status", folder, "--json").stdout for folder in (in_file, on_server))
    assert in_file_told == on_server_told != ""


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE records SET body = 'x' || substr(body, 2) WHERE seq = 2 AND \"case\" = 'b'",
        "DELETE FROM records WHERE seq = 2 AND \"case\" = 'b'",
        "UPDATE records SET seq = seq + 100 WHERE seq IN (2, 4); UPDATE records SET seq = 106 - seq WHERE seq > 100",
        "DELETE FROM records WHERE \"case\" = 'b'; DELETE FROM cases WHERE \"case\" = 'b'",
    ],
    ids=["changed", "removed", "reordered", "case gone"],
)
def test_what_is_done_to_records_on_the_server_is_found(url: str, deed: str) -> None:
    journal = new_journal(url)
    for case in "abc":
        dial(journal, case)
    journal.commit()
    seal(journal)
    journal.close()
    assert [] == found(url)
    at = make_url(url)
    with psycopg.connect(host=str(at.query["host"]), user=at.username, dbname=at.database) as connection:
        connection.execute(deed)
    assert any("b" in text for text in found(url))


def found(url: str) -> list[str]:
    journal = open_journal(url, read_only=True)
    texts = [each.text for each in verify(journal).discrepancies]
    journal.close()
    return texts


def test_what_was_committed_outlives_a_crash_of_the_server_and_nothing_else_does(
    server: PostgresqlServer, url: str
) -> None:
    journal = new_journal(url)
    dial(journal, "before")
    journal.commit()
    dial(journal, "after")
    server.stop()
    try:
        with pytest.raises(CouldNotTest, match="Everything committed before is safe"):
            journal.commit()
        with pytest.raises(CouldNotTest, match="cannot be opened"):
            open_journal(url)
    finally:
        server.start()
    assert [] == found(url)
    again = open_journal(url)
    with again.reading() as connection:
        assert ["before"] == list(connection.execute(select(schema.cases.c.case)).scalars())
    dial(again, "after")
    again.commit()
    again.close()
    assert [] == found(url)


def test_a_database_that_is_not_there_is_told_without_its_password(server: PostgresqlServer, tmp_path: Path) -> None:
    url = server.url("nowhere").replace("dialtest@", "dialtest:secret@")
    done = dialtest("run", campaign(tmp_path / "server", url))
    assert (done.returncode, done.stdout) == (3, "")
    assert 'database "nowhere" does not exist' in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_hot_insert_asks_the_server_for_nothing_back() -> None:
    compiled = str(_INSERT_RECORD.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert compiled.startswith('INSERT INTO records ("case", seq, body, hash) VALUES (%(case)s')
    assert "RETURNING" not in compiled
