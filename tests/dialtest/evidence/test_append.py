"""Records become durable at a commit, in chains that do not depend on how many of them are committed together."""

from __future__ import annotations

import pytest

from dialtest.evidence.heads import every_head
from dialtest.evidence.journal import LINKED_RECORDS, Journal
from dialtest.evidence.record import Closed
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import START, dial, hear, journal_in_memory, opened


def heads(journal: Journal) -> list[tuple[str, int, bytes]]:
    with journal.reading() as connection:
        return list(every_head(connection))


def test_chains_are_the_same_however_many_records_are_committed_together() -> None:
    many, one_by_one = journal_in_memory(), journal_in_memory()
    for journal in (many, one_by_one):
        chain = journal.begin("a")
        journal.append(chain, opened("a"))
        for _ in range(2 * LINKED_RECORDS):
            hear(journal, chain, 1)
            if journal is one_by_one:
                journal.commit()
        journal.append(chain, Closed("a", chain.seq, 2, START, "completed"))
        journal.commit()
    assert heads(many) == heads(one_by_one)
    assert verify(many).holds


def test_each_case_has_its_own_chain_also_where_their_records_alternate() -> None:
    apart, mixed = journal_in_memory(), journal_in_memory()
    for case in ("a", "b"):
        dial(apart, case, messages=5)
    apart.commit()
    one, other = mixed.begin("a"), mixed.begin("b")
    for first, second in zip(apart.records_of("a"), apart.records_of("b"), strict=True):
        mixed.append(one, first)
        mixed.append(other, second)
    mixed.commit()
    assert heads(apart) == heads(mixed)


def test_a_record_that_cannot_be_encoded_lets_nothing_become_durable_but_what_was() -> None:
    journal = journal_in_memory()
    dial(journal, "before")
    journal.commit()
    dial(journal, "beside")
    hear(journal, journal.begin("broken"), 1, text="half a character: \ud83d")
    dial(journal, "after")
    for _ in range(2):
        with pytest.raises(UnicodeEncodeError):
            journal.commit()
    assert ["before"] == [case for case, _, _ in heads(journal)]
    journal.forget()
    dial(journal, "later")
    journal.commit()
    assert ["before", "later"] == [case for case, _, _ in heads(journal)]
    assert verify(journal).holds
