"""Opening, creating and refusing journals."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence import schema
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import dial, new_journal, rows, tampering


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(path: Path, create: bool = True, read_only: bool = False) -> DialtestError:
    with pytest.raises(DialtestError) as refused:
        open_journal(file_url(path), create=create, read_only=read_only)
    return refused.value


def test_a_new_journal_appears_under_its_name_and_nothing_else_does(tmp_path: Path) -> None:
    open_journal(file_url(tmp_path / "journal.db")).close()
    assert ["journal.db"] == files_in(tmp_path)


def test_a_journal_is_found_again_as_it_was_left(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.close()
    assert 6 == len(open_journal(file_url(tmp_path / "journal.db")).records_of("a"))


def test_a_file_name_may_hold_what_addresses_give_a_meaning_to(tmp_path: Path) -> None:
    folder = tmp_path / "50% of 拨测?#[1]"
    folder.mkdir()
    journal = new_journal(folder)
    dial(journal, "a")
    journal.close()
    again = open_journal(file_url(folder / "journal.db"), read_only=True)
    assert 6 == len(again.records_of("a"))


def test_a_journal_in_memory_serves_a_rehearsal() -> None:
    journal = open_journal("sqlite://")
    dial(journal, "a")
    journal.commit()
    assert 6 == len(journal.records_of("a"))


def test_opening_a_current_journal_loads_no_migrations(tmp_path: Path) -> None:
    open_journal(file_url(tmp_path / "journal.db")).close()
    script = (
        "import sys; from pathlib import Path; from dialtest.evidence.store import file_url, open_journal; "
        "open_journal(file_url(Path(sys.argv[1]))).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "journal.db")]
    assert "False\n" == subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"case,record\n1,2\n", "does not begin like an SQLite database"),
        (bytes(range(256)) * 20, "does not begin like an SQLite database"),
        (b"SQLite format 3\x00" + b"\xff" * 5_000, "is damaged"),
    ],
    ids=["empty", "text", "binary", "broken"],
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    assert said in refusal(path).problem
    assert said in refusal(path, read_only=True).problem
    assert content == path.read_bytes()


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with tampering(path) as connection:
        connection.execute("CREATE TABLE songs (title)")
    assert "without a journal's tables" in refusal(path).problem


def test_a_missing_journal_is_only_made_where_that_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    assert "There is no journal" in refusal(path, create=False).problem
    assert "There is no journal" in refusal(path, read_only=True).problem
    assert not path.exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"The folder {tmp_path / 'away'} of the journal is not there." == refusal(tmp_path / "away" / "j.db").problem


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in refusal(tmp_path).problem


def test_a_journal_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    open_journal(file_url(path)).close()
    with tampering(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    error = refusal(path)
    assert f"has version 9999; this dialtest knows versions up to {schema.VERSIONS[-1]}." in error.problem
    assert "newer release" in error.remedy


def test_a_version_that_steers_terminals_is_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    open_journal(file_url(path)).close()
    with tampering(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", ("\x1b[2J",))
    assert r"has version \x1b[2J;" in refusal(path).problem


def test_a_read_only_file_is_refused_before_anything_is_dialled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    open_journal(file_url(path)).close()
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != path)
    error = refusal(path)
    assert CouldNotTest is type(error)
    assert "cannot be written: the file or its folder is read-only" in error.problem


def test_a_read_only_folder_gets_no_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    assert "cannot be written" in refusal(tmp_path / "journal.db").problem
    assert [] == files_in(tmp_path)


def test_a_journal_in_a_read_only_folder_is_read_without_writing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.close()
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    reading = open_journal(file_url(tmp_path / "journal.db"), read_only=True)
    assert 6 == len(reading.records_of("a"))
    assert ["journal.db"] == files_in(tmp_path)


def test_a_journal_opened_to_read_cannot_be_written(tmp_path: Path) -> None:
    new_journal(tmp_path).close()
    journal = open_journal(file_url(tmp_path / "journal.db"), read_only=True)
    dial(journal, "a")
    with pytest.raises(CouldNotTest, match="cannot be written"):
        journal.commit()


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "before")
    journal.commit()
    with journal.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 40")
    dial(journal, "during", messages=2_000)
    with pytest.raises(CouldNotTest, match=r"The disk is full: .* Everything committed before is safe\."):
        journal.commit()
    assert [(6,)] == rows(tmp_path / "journal.db", "SELECT count(*) FROM records")
    with journal.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    journal.commit()
    assert (2, 2_010, True) == ((found := verify(journal)).cases, found.records, found.holds)


def test_no_room_for_a_new_journal_leaves_no_half_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def in_a_small_place(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 3")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", in_a_small_place)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", in_a_small_place)
    assert "The disk is full" in refusal(tmp_path / "journal.db").problem
    assert [] == files_in(tmp_path)


def test_a_database_that_breaks_later_is_told_as_damaged(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a", messages=200)
    journal.close()
    path = tmp_path / "journal.db"
    content = bytearray(path.read_bytes())
    content[8_192:] = b"\xff" * (len(content) - 8_192)
    path.write_bytes(content)
    with pytest.raises(DialtestError, match="is damaged"):
        open_journal(file_url(path)).records_of("a")


@pytest.mark.parametrize("url", ["journal.db", "postgres+nothing://user:secret@host/name", "sqlite+nothing:///x", ""])
def test_an_address_nobody_can_use_is_told_without_its_password(url: str) -> None:
    with pytest.raises(DialtestError, match="cannot be used") as refused:
        open_journal(url)
    assert "secret" not in str(refused.value)
