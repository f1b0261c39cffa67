"""What verification finds, and what it says."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from dialtest.evidence.discrepancy import KINDS, Discrepancy
from dialtest.evidence.record import encode
from dialtest.evidence.seal import last_seal, seal
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import KEPT, Verification, verify
from tests.dialtest.evidence.journals import (
    LENGTHS,
    START,
    asked,
    dial,
    forge_chain,
    hear,
    new_journal,
    rows,
    sealed_campaign,
    tampering,
)


def checked(path: Path, root: bytes | None = None) -> Verification:
    return verify(open_journal(file_url(path), read_only=True), root)


def after(folder: Path, *crimes: str) -> list[str]:
    """What verification says after somebody ran these statements on the database."""
    path = sealed_campaign(folder)
    with tampering(path) as connection:
        for crime in crimes:
            connection.execute(crime)
    return [each.text for each in checked(path).discrepancies]


def roots(path: Path) -> list[bytes]:
    return [root for (root,) in rows(path, "SELECT root FROM seals ORDER BY seal")]


def test_an_untouched_journal_holds(tmp_path: Path) -> None:
    found = checked(sealed_campaign(tmp_path))
    assert [] == [each.text for each in found.discrepancies]
    assert (4, sum(LENGTHS.values()), 2, 2, 0) == (
        found.cases,
        found.records,
        found.documents,
        found.seals,
        found.unsealed_records,
    )


def test_what_came_after_the_last_seal_is_counted_not_blamed(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    chain = dial(journal, "a", closed=False)
    seal(journal)
    hear(journal, chain, 3)
    dial(journal, "b")
    journal.commit()
    found = verify(journal)
    assert (True, 1, 9) == (found.holds, found.unsealed_cases, found.unsealed_records)


def test_an_empty_journal_holds(tmp_path: Path) -> None:
    assert verify(new_journal(tmp_path)).holds


def test_every_printed_seal_can_be_asked_for(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    for number, root in enumerate(roots(path), 1):
        for length in (8, 32):
            found = checked(path, root[:length])
            assert found.holds
            assert found.seal is not None
            assert number == found.seal.number


def test_a_seal_that_was_never_made_is_not_found(tmp_path: Path) -> None:
    found = checked(sealed_campaign(tmp_path), bytes(range(8)))
    assert ["Seal 0001020304050607…: this evidence was never sealed so, or has been changed since."] == [
        each.text for each in found.discrepancies
    ]


def test_a_journal_forged_in_whole_differs_from_the_printed_seal(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    printed = roots(path)[1]
    with tampering(path) as connection:
        body = encode(asked("b", 5))
        connection.execute("UPDATE records SET body = ? WHERE \"case\" = 'b' AND seq = 5", (body,))
        forge_chain(connection, "b")
        connection.execute("DELETE FROM seals")
        connection.execute("DELETE FROM sealed_cases")
    journal = open_journal(file_url(path))
    seal(journal, START)
    journal.close()
    assert checked(path).holds
    assert ["seal_unknown"] == [each.kind for each in checked(path, printed).discrepancies]


@pytest.mark.parametrize(
    ("crime", "said"),
    [
        (
            "UPDATE records SET body = replace(body, '10086', '10087') WHERE \"case\" = 'b' AND seq = 4",
            ["Case b, record 4: not a record: str."],
        ),
        (
            "UPDATE records SET body = CAST(replace(body, '10086', '10087') AS BLOB) WHERE \"case\" = 'b' AND seq = 4",
            ["Case b, record 4: changed; its hash does not follow from it."],
        ),
        ("DELETE FROM records WHERE \"case\" = 'a' AND seq = 2", ["Case a, record 2: missing."]),
        (
            "DELETE FROM records WHERE \"case\" = 'b' AND seq >= 6",
            ["Case b: cut off from record 6 on; the list of cases says it has 9 records."],
        ),
        (
            "DELETE FROM records WHERE \"case\" = 'd' AND seq >= 6",
            ["Case d: cut off from record 6 on; seal 2 says it has 8 records."],
        ),
        ("DELETE FROM records WHERE \"case\" = 'c'", ["Case c: missing; the list of cases says it has 5 records."]),
        ("DELETE FROM cases WHERE \"case\" = 'c'", ["Case c: missing from the list of cases."]),
        (
            "UPDATE cases SET state = 'inconclusive', reason = 'outage' WHERE \"case\" = 'a'",
            ["Case a: the list of cases says otherwise than its records: state, reason."],
        ),
        (
            "INSERT INTO cases SELECT 'x', provider_code, service_code, scenario, team, msisdn, origin, opened_at, "
            "closed_at, state, reason, records, head FROM cases WHERE \"case\" = 'a'",
            ["Case x: missing; the list of cases says it has 6 records."],
        ),
        (
            "UPDATE seals SET root = zeroblob(32) WHERE seal = 1",
            ["Seal 1: it is not the seal of the cases listed for it."],
        ),
        ("UPDATE seals SET cases = 5 WHERE seal = 2", ["Seal 2: it is not the seal of the cases listed for it."]),
        ("DELETE FROM seals WHERE seal = 1", ["Seal 1: missing."]),
        ("DELETE FROM seals WHERE seal = 2", ["Seal 2: missing."]),
    ],
)
def test_one_change_is_told_as_one_thing(tmp_path: Path, crime: str, said: list[str]) -> None:
    assert said == after(tmp_path, crime)


def test_a_case_taken_out_with_all_that_names_it_is_named_by_the_seal(tmp_path: Path) -> None:
    crimes = [f"DELETE FROM {table} WHERE \"case\" = 'c'" for table in ("records", "cases")]  # noqa: S608
    assert ["Case c: missing; seal 2 says it has 5 records."] == after(tmp_path, *crimes)


def test_a_case_taken_out_of_the_seals_too_breaks_their_roots(tmp_path: Path) -> None:
    crimes = [f"DELETE FROM {table} WHERE \"case\" = 'a'" for table in ("records", "cases", "sealed_cases")]  # noqa: S608
    said = [f"Seal {number}: it is not the seal of the cases listed for it." for number in (1, 2)]
    assert said == after(tmp_path, *crimes)


def test_a_case_rewritten_with_new_hashes_differs_from_its_seal(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    with tampering(path) as connection:
        body = encode(asked("b", 5))
        connection.execute("UPDATE records SET body = ? WHERE \"case\" = 'b' AND seq = 5", (body,))
        forge_chain(connection, "b")
    assert ["Case b: rewritten at or before record 8; it is not what seal 1 holds."] == [
        each.text for each in checked(path).discrepancies
    ]


def test_a_record_added_to_a_closed_case_is_found_though_its_hash_is_right(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    with tampering(path) as connection:
        row = ("a", 6, encode(asked("a", 6)), b"")
        connection.execute('INSERT INTO records ("case", seq, body, hash) VALUES (?, ?, ?, ?)', row)
        forge_chain(connection, "a")
    said = [each.text for each in checked(path).discrepancies]
    assert "Case a, record 6: added after the case was closed." in said


def test_a_document_changed_or_removed_is_named_with_a_case_that_needs_it(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    with tampering(path) as connection:
        connection.execute("UPDATE documents SET text = text || ' ' WHERE kind = 'scenario'")
        connection.execute("DELETE FROM documents WHERE kind = 'policy'")
    found = {(each.kind, each.case) for each in checked(path).discrepancies}
    assert {("document_changed", ""), ("document_missing", "a")} == found


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE records SET \"case\" = x'ff00' WHERE \"case\" = 'b'",
        "UPDATE records SET seq = 'first' WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET seq = 1.5 WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET seq = 1 << 60 WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET seq = -1 WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET body = '' WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET hash = 7 WHERE \"case\" = 'b' AND seq = 3",
        "UPDATE records SET body = x'ff' WHERE \"case\" = 'b' AND seq = 0",
        "UPDATE records SET \"case\" = char(27) || '[2J' WHERE \"case\" = 'b'",
        "UPDATE sealed_cases SET seal = 1 << 60 WHERE \"case\" = 'b'",
        "UPDATE sealed_cases SET records = 'many' WHERE \"case\" = 'b'",
        "UPDATE sealed_cases SET head = 1 WHERE \"case\" = 'b'",
        "UPDATE cases SET records = 'many' WHERE \"case\" = 'b'",
        "UPDATE seals SET root = 'none', sealed_at = 5",
        "UPDATE seals SET seal = 1 << 60 WHERE seal = 2",
    ],
)
def test_values_no_program_would_write_are_found_and_shown_safely(tmp_path: Path, crime: str) -> None:
    said = after(tmp_path, crime)
    assert [] != said
    assert [] == [text for text in said if not text.isprintable()]


def test_two_records_with_one_number_are_told_even_without_the_index(tmp_path: Path) -> None:
    copying = (
        'INSERT INTO records ("case", seq, body, hash) SELECT "case", seq, body, hash FROM records '
        "WHERE \"case\" = 'b' AND seq = 3"
    )
    said = after(tmp_path, "DROP INDEX records_by_case", copying)
    assert ["Case b, record 3: there is more than one."] == said


def test_a_flood_of_discrepancies_is_counted_and_bounded(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a", messages=3_000)
    seal(journal)
    journal.close()
    with tampering(tmp_path / "journal.db") as connection:
        connection.execute("UPDATE records SET body = x'00'")
    found = checked(tmp_path / "journal.db")
    assert KEPT == len(found.discrepancies)
    assert found.total >= 3_004


def test_memory_does_not_grow_with_the_number_of_cases(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    for number in range(500):
        dial(journal, f"case-{number:05d}", messages=6, text="x" * 4_000)
    seal(journal)
    tracemalloc.start()
    try:
        assert verify(journal).holds
        _now, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < (tmp_path / "journal.db").stat().st_size / 4


def test_every_kind_of_discrepancy_has_words_with_its_facts() -> None:
    facts = dict.fromkeys(("found_case", "found_seq", "reason", "source", "records", "columns"), "?")
    facts |= dict.fromkeys(("digest", "name", "number", "root", "part"), "?")
    texts = [Discrepancy(kind, "case", 3, facts).text for kind in KINDS]
    assert len(KINDS) == len(set(texts))


def test_the_newest_seal_is_told_with_the_result(tmp_path: Path) -> None:
    path = sealed_campaign(tmp_path)
    assert last_seal(open_journal(file_url(path), read_only=True)) == checked(path).seal
