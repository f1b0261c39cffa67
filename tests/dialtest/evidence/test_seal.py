"""Seals: what they cover, what they cost, and what they refuse to cover up."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dialtest.evidence.journal import Tampered
from dialtest.evidence.merkle import Root, leaf
from dialtest.evidence.seal import last_seal, seal
from dialtest.evidence.store import file_url, open_journal
from tests.dialtest.evidence.journals import START, dial, hear, new_journal, rows, sealed_campaign, tampering

LATER = START + timedelta(days=40)


def test_the_seal_is_the_root_over_the_ends_of_all_cases_by_name_open_ones_too(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    chains = [dial(journal, name, closed=name != "b") for name in ("c", "b", "a")]
    made = seal(journal, LATER)
    leaves = [leaf(chain.case, chain.seq, chain.head) for chain in reversed(chains)]
    assert (1, LATER, 3, Root(leaves).digest().hex()) == (made.number, made.at, made.cases, made.root)
    assert made == last_seal(journal)


def test_a_journal_without_cases_is_sealed_as_the_empty_tree(tmp_path: Path) -> None:
    assert seal(new_journal(tmp_path)).root.startswith("e3b0c442")


def test_a_journal_that_was_never_sealed_has_no_seal(tmp_path: Path) -> None:
    assert None is last_seal(new_journal(tmp_path))


def test_where_nothing_was_added_the_last_seal_stands(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    assert seal(journal, START) == seal(journal, LATER)
    assert [(1, 1)] == rows(tmp_path / "journal.db", "SELECT count(*), count(DISTINCT seal) FROM sealed_cases")


def test_a_later_seal_notes_only_the_cases_that_changed(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    noted = rows(path, 'SELECT seal, "case", records FROM sealed_cases ORDER BY seal, "case"')
    assert [(1, "a", 6), (1, "b", 9), (1, "d", 6), (2, "c", 5), (2, "d", 8)] == noted


def test_the_seal_does_not_depend_on_the_order_cases_were_written_in(tmp_path: Path) -> None:
    roots = set()
    for names in ("ab", "ba"):
        folder = tmp_path / names
        folder.mkdir()
        journal = new_journal(folder)
        for name in names:
            dial(journal, name)
        roots.add(seal(journal).root)
    assert 1 == len(roots)


def test_two_who_seal_at_once_seal_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    other, begins = open_journal(str(journal.engine.url)), journal.writing

    def meanwhile() -> AbstractContextManager[Connection]:
        monkeypatch.undo()
        assert 1 == seal(other).number
        dial(other, "b")
        other.commit()
        return begins()

    journal.commit()
    monkeypatch.setattr(journal, "writing", meanwhile)
    assert 2 == seal(journal).number


def test_without_a_time_the_seal_bears_that_of_the_last_change(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    assert START + timedelta(days=1) == seal(journal).at


def test_many_pages_of_cases_are_sealed_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(tmp_path)
    for number in range(25):
        dial(journal, f"case-{number:02d}", messages=number % 3)
    whole = seal(journal)
    monkeypatch.setattr("dialtest.evidence.heads.PAGE_CASES", 4)
    assert (whole, 25) == (seal(journal), whole.cases)


@pytest.mark.parametrize(
    ("crime", "said"),
    [
        ("DELETE FROM records WHERE \"case\" = 'b' AND seq = 8", "Case b had 9 records when it was sealed"),
        ("UPDATE records SET hash = zeroblob(32) WHERE \"case\" = 'b' AND seq = 8", "Case b had 9 records"),
        ("DELETE FROM records WHERE \"case\" = 'b'", "1 cases that were sealed are not in the journal any more"),
        ("UPDATE seals SET sealed_at = 'never'", "The row of seal 2 in the journal is changed"),
    ],
)
def test_a_new_seal_covers_no_crime_up(tmp_path: Path, crime: str, said: str) -> None:
    path = sealed_campaign(tmp_path)
    with tampering(path) as connection:
        connection.execute(crime)
    journal = open_journal(file_url(path))
    dial(journal, "e")
    with pytest.raises(Tampered, match=said):
        seal(journal, LATER)
    assert [(2, 4, 6)] == rows(
        path, 'SELECT (SELECT max(seal) FROM sealed_cases), (SELECT count(*) FROM cases WHERE "case" < ?), 6', "e"
    )


def test_a_case_goes_on_after_a_seal(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    chain = dial(journal, "a", closed=False)
    first = seal(journal)
    hear(journal, chain, 1)
    assert first.root != seal(journal).root
