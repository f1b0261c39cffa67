"""Whatever one thing somebody changes in a sealed journal, verification finds it and names the case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.evidence.chain import link
from dialtest.evidence.discrepancy import Discrepancy
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import encode
from dialtest.evidence.seal import seal
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import (
    LENGTHS,
    asked,
    dial,
    forge_chain,
    hear,
    journal_in_memory,
    sealed_campaign,
    tampering,
)

Crime = Callable[[Connection], object]

cases = st.sampled_from(sorted(LENGTHS))
places = cases.flatmap(lambda case: st.tuples(st.just(case), st.integers(0, LENGTHS[case] - 1)))
bits = st.integers(0, 255)
often = settings(max_examples=30)

AT = ' WHERE "case" = ? AND seq = ?'


def after(*crimes: Crime) -> list[Discrepancy]:
    with TemporaryDirectory() as folder:
        path = sealed_campaign(Path(folder))
        with tampering(path) as connection:
            for crime in crimes:
                crime(connection)
        journal = open_journal(file_url(path), read_only=True)
        try:
            return verify(journal).discrepancies
        finally:
            journal.close()


def named(found: list[Discrepancy]) -> set[tuple[str, int | None]]:
    return {(each.case, each.seq) for each in found}


def cases_named(found: list[Discrepancy]) -> set[str]:
    return {each.case for each in found}


def flipped(content: bytes, bit: int) -> bytes:
    place = bit % (8 * len(content))
    changed = bytearray(content)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def stored(connection: Connection, column: str, case: str, seq: int) -> bytes:
    content: bytes = connection.execute(f"SELECT {column} FROM records{AT}", (case, seq)).fetchone()[0]  # noqa: S608
    return content


def flip(connection: Connection, column: str, case: str, seq: int, bit: int) -> None:
    changed = flipped(stored(connection, column, case, seq), bit)
    connection.execute(f"UPDATE records SET {column} = ?{AT}", (changed, case, seq))  # noqa: S608


@often
@given(places, bits)
def test_a_changed_bit_of_a_record_is_found_where_it_is(place: tuple[str, int], bit: int) -> None:
    assert place in named(after(lambda connection: flip(connection, "body", *place, bit)))


@often
@given(places, bits)
def test_a_changed_bit_of_a_hash_is_found_where_it_is(place: tuple[str, int], bit: int) -> None:
    assert place in named(after(lambda connection: flip(connection, "hash", *place, bit)))


@often
@given(places, bits)
def test_a_changed_record_with_all_hashes_forged_is_found_in_its_case(place: tuple[str, int], bit: int) -> None:
    found = after(
        lambda connection: flip(connection, "body", *place, bit), lambda connection: forge_chain(connection, place[0])
    )
    assert {place[0]} == cases_named(found)


@often
@given(places)
def test_a_removed_record_is_found_where_it_was(place: tuple[str, int]) -> None:
    found = after(lambda connection: connection.execute(f"DELETE FROM records{AT}", place))  # noqa: S608
    assert place in named(found)
    assert {place[0]} == cases_named(found)


@often
@given(places, st.booleans())
def test_an_inserted_record_is_found_in_its_case(place: tuple[str, int], forged: bool) -> None:
    case, seq = place

    def insert(connection: Connection) -> None:
        move = 'UPDATE records SET seq = {} WHERE "case" = ? AND seq {}'
        connection.execute(move.format("-seq - 2", ">= ?"), (case, seq))
        connection.execute(move.format("-seq - 1", "< ?"), (case, 0))
        previous = stored(connection, "hash", case, seq - 1) if seq else bytes(32)
        body = encode(asked(case, seq))
        row = (case, seq, body, link(previous, body))
        connection.execute('INSERT INTO records ("case", seq, body, hash) VALUES (?, ?, ?, ?)', row)
        if forged:
            forge_chain(connection, case)

    assert {case} == cases_named(after(insert))


@often
@given(places.flatmap(lambda place: st.tuples(st.just(place), st.integers(0, LENGTHS[place[0]] - 1))))
def test_reordered_records_are_found_in_their_case(swap: tuple[tuple[str, int], int]) -> None:
    (case, one), other = swap

    def reorder(connection: Connection) -> None:
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute(f"UPDATE records SET seq = ?{AT}", (new, case, old))  # noqa: S608

    expected = {(case, one), (case, other)} if one != other else set()
    found = named(after(reorder))
    assert expected <= found
    assert (one == other) == (not found)


@often
@given(places, places)
def test_records_exchanged_between_cases_are_found_in_both(one: tuple[str, int], other: tuple[str, int]) -> None:
    def exchange(connection: Connection) -> None:
        first, second = (
            tuple(stored(connection, column, *place) for column in ("body", "hash")) for place in (one, other)
        )
        connection.execute(f"UPDATE records SET body = ?, hash = ?{AT}", (*second, *one))  # noqa: S608
        connection.execute(f"UPDATE records SET body = ?, hash = ?{AT}", (*first, *other))  # noqa: S608

    found = named(after(exchange))
    assert ({one, other} if one != other else set()) <= found


@often
@given(places, st.booleans())
def test_a_cut_tail_is_found_where_it_was_cut(place: tuple[str, int], forged: bool) -> None:
    def cut(connection: Connection) -> None:
        connection.execute('DELETE FROM records WHERE "case" = ? AND seq >= ?', place)
        if forged:
            forge_chain(connection, place[0])

    assert {place} == named(after(cut))


@often
@given(cases, st.booleans())
def test_a_missing_case_is_named(case: str, listed: bool) -> None:
    tables = ("records",) if listed else ("records", "cases")
    found = after(
        *(
            lambda connection, table=table: connection.execute(f'DELETE FROM {table} WHERE "case" = ?', (case,))  # noqa: S608
            for table in tables
        )
    )
    assert [("case_missing", case)] == [(each.kind, each.case) for each in found]


@often
@given(
    cases,
    st.sampled_from(["provider_code", "service_code", "scenario", "team", "msisdn", "origin", "opened_at", "reason"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)
def test_a_change_in_the_list_of_cases_is_named(case: str, column: str, text: str) -> None:
    def change(connection: Connection) -> None:
        connection.execute(f'UPDATE cases SET {column} = ? WHERE "case" = ?', (f"{text}~", case))  # noqa: S608

    (found,) = after(change)
    assert ("case_row_changed", case, column) == (found.kind, found.case, found.facts["columns"])


@often
@given(
    st.sampled_from(["policy", "scenario"]), st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
)
def test_an_edited_document_is_found(kind: str, text: str) -> None:
    crime = "UPDATE documents SET text = text || ? WHERE kind = ?"
    found = after(lambda connection: connection.execute(crime, (text, kind)))
    assert ["document_changed"] == [each.kind for each in found]
    assert kind in found[0].facts["name"]


@often
@given(st.sampled_from([("a", 1), ("b", 1), ("c", 2), ("d", 1), ("d", 2)]), bits)
def test_a_changed_line_of_a_seal_is_found(line: tuple[str, int], bit: int) -> None:
    def change(connection: Connection) -> None:
        where = ' WHERE "case" = ? AND seal = ?'
        (head,) = connection.execute(f"SELECT head FROM sealed_cases{where}", line).fetchone()  # noqa: S608
        connection.execute(f"UPDATE sealed_cases SET head = ?{where}", (flipped(head, bit), *line))  # noqa: S608

    kinds = {(each.kind, each.case) for each in after(change)}
    assert ("case_rewritten", line[0]) in kinds
    assert ("seal_wrong", "") in kinds


dials = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 4), st.booleans()), max_size=8, unique_by=lambda x: x[0]
)


def play(journal: Journal, planned: list[tuple[str, int, bool]]) -> None:
    for case, messages, closed in planned:
        chain = dial(journal, case, messages, closed)
        if messages % 2:
            seal(journal)
        if not closed:
            hear(journal, chain, messages)
    seal(journal)


@settings(max_examples=25)
@given(dials)
def test_whatever_was_dialled_and_sealed_holds(planned: list[tuple[str, int, bool]]) -> None:
    journal = journal_in_memory()
    play(journal, planned)
    found = verify(journal)
    journal.close()
    assert [] == [each.text for each in found.discrepancies]
    assert len(planned) == found.cases
