"""A run that is played again from its start is checked against what is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialtest.evidence.journal import Journal, Tampered
from dialtest.evidence.record import Closed
from dialtest.evidence.seal import seal
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import START, dial, hear, new_journal, opened, rows

HASHES = 'SELECT "case", seq, hash FROM records ORDER BY position'


def recorded(folder: Path) -> Path:
    """Case a is closed; b was interrupted after five records."""
    journal = new_journal(folder)
    dial(journal, "a")
    dial(journal, "b", closed=False)
    journal.close()
    return folder / "journal.db"


def replaying(path: Path) -> Journal:
    journal = open_journal(file_url(path))
    journal.expect_recorded()
    return journal


def test_an_equal_replay_adds_nothing_and_leaves_the_same_hashes(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    before = rows(path, HASHES)
    journal = replaying(path)
    dial(journal, "a")
    dial(journal, "b", closed=False)
    journal.close()
    assert before == rows(path, HASHES)


def test_a_replay_goes_on_where_the_record_ends_as_if_never_interrupted(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    journal = replaying(path)
    dial(journal, "a")
    dial(journal, "b")
    dial(journal, "c")
    root = seal(journal).root
    assert verify(journal).holds
    (tmp_path / "undisturbed").mkdir()
    undisturbed = new_journal(tmp_path / "undisturbed")
    for case in "abc":
        dial(undisturbed, case)
    assert seal(undisturbed).root == root


@pytest.mark.parametrize("text", ["头条新聞", "头条新闻 "])
def test_a_replay_that_differs_stops_and_names_the_case(tmp_path: Path, text: str) -> None:
    journal = replaying(recorded(tmp_path))
    dial(journal, "a")
    with pytest.raises(Tampered, match="The replay of case b differs from what is recorded, at or before record 4"):
        dial(journal, "b", text=text)


def test_a_replay_that_ends_early_stops_and_names_the_case(tmp_path: Path) -> None:
    journal = replaying(recorded(tmp_path))
    chain = journal.begin("a")
    journal.append(chain, opened("a"))
    with pytest.raises(Tampered, match="The replay of case a differs"):
        journal.append(chain, Closed("a", 1, 1, START, "completed"))


def test_a_differing_replay_writes_nothing(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    before = rows(path, HASHES)
    journal = replaying(path)
    with pytest.raises(Tampered):
        dial(journal, "b", messages=2, text="other")
    journal.close()
    assert before == rows(path, HASHES)


def test_a_document_changed_since_is_not_run(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    digest = journal.keep_document("scenario", "x.py", "print()")
    with journal.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = 'import os'")
    with pytest.raises(Tampered, match="is missing or changed"):
        journal.document(digest)


def test_a_record_nobody_can_read_is_told_with_its_case(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    hear(journal, dial(journal, "a", closed=False), 1)
    journal.commit()
    with journal.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET body = x'ff' WHERE seq = 3")
    for reading in (lambda: journal.records_of("a"), lambda: list(journal.every_case())):
        with pytest.raises(Tampered, match="a record of case a that nobody can read"):
            reading()
