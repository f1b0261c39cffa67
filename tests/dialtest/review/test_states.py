"""Whatever the meeting tries, a matter is only ever in a state it could get to, and its history is complete."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from dialtest.evidence.journal import Tampered
from dialtest.evidence.seal import seal
from dialtest.evidence.verify import verify
from dialtest.model.matter import MOVES, STATES, MatterKey, MatterState, Move
from dialtest.review.decision import decide
from dialtest.review.matter_file import matter_files
from dialtest.review.states import CHANGES, NotPossible, after, possible
from tests.dialtest.review.under_review import found, ruling, take, the_file
from tests.reports.campaign_builder import POLICY, at

KEY = MatterKey("900001", "XW", "charge-over-tariff")

ALLOWED: dict[MatterState, dict[Move, MatterState]] = {
    "new": {"hear": "heard", "dismiss": "dismissed"},
    "heard": {"hear": "heard", "confirm": "confirmed", "dismiss": "dismissed"},
    "confirmed": {"notify": "notified", "dismiss": "dismissed"},
    "notified": {"rectify": "rectified", "dismiss": "dismissed"},
    "rectified": {"rectify": "rectified", "retest": "retested", "recur": "recurred"},
    "retested": {"close": "closed", "recur": "recurred"},
    "closed": {"recur": "recurred"},
    "recurred": {"hear": "heard", "dismiss": "dismissed"},
    "dismissed": {"reopen": "new"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_every_move_leads_where_it_should_or_is_refused(state: MatterState, move: Move) -> None:
    expected = ALLOWED[state].get(move)
    if expected is not None:
        assert expected == after(state, move, KEY)
    else:
        with pytest.raises(NotPossible):
            after(state, move, KEY)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 72)), max_size=25))
def test_no_sequence_of_moves_leads_astray_and_the_chain_holds_all_of_it(tried: list[tuple[Move, int]]) -> None:
    journal = found().journal
    state: MatterState = "new"
    when, taken = at("08-08"), []
    for move, hours in tried:
        when += timedelta(hours=hours)
        wanted = ALLOWED[state].get(move)
        try:
            file = decide(journal, the_file(journal), ruling(move, when), POLICY)
        except NotPossible:
            assert wanted is None
            assert state == the_file(journal).state
        else:
            assert wanted == file.state
            state = file.state
            taken.append((move, state, when))
    kept = the_file(journal)
    assert taken == [(e.decided.move, e.decided.state, e.decided.at) for e in kept.entries]
    seal(journal, when)
    checked = verify(journal)
    assert (True, len(taken) > 0) == (checked.holds, checked.matters == 1)


def test_what_is_possible_is_said_when_a_move_is_refused() -> None:
    journal = found().journal
    with pytest.raises(NotPossible) as refused:
        decide(journal, the_file(journal), ruling("close"), POLICY)
    assert "hear, dismiss" in str(refused.value.remedy)


def test_a_breach_is_not_confirmed_before_the_provider_was_heard() -> None:
    with pytest.raises(NotPossible):
        take(found().journal, "confirm")
    assert "confirmed" == take(found().journal, "hear", "confirm").state


def test_moves_by_evidence_are_not_offered_to_the_meeting() -> None:
    offered = {move for state in STATES for move in possible(state)}
    assert {move for move in MOVES if not CHANGES[move].by_evidence} == offered


CHANGED = "UPDATE records SET body = CAST(replace(CAST(body AS TEXT), '属实', '不实') AS BLOB)"


@pytest.mark.parametrize(
    "forgery",
    [
        CHANGED + " WHERE \"case\" LIKE 'review/%' AND seq = 1",
        "DELETE FROM records WHERE \"case\" LIKE 'review/%' AND seq = 0",
        "DELETE FROM records WHERE \"case\" LIKE 'review/%' AND seq = 2",
        "DELETE FROM records WHERE \"case\" LIKE 'review/%'",
        "UPDATE records SET \"case\" = 'review/M0000000000' WHERE \"case\" LIKE 'review/%'",
    ],
)
def test_a_decision_that_was_changed_or_removed_is_found(tmp_path: Path, forgery: str) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    built = found(url=url)
    take(built.journal, "hear", "confirm", "notify")
    seal(built.journal, at("08-09"))
    assert verify(built.journal).holds
    with sqlite3.connect(tmp_path / "journal.db") as connection:
        assert connection.execute(forgery).rowcount
    connection.close()
    assert not verify(built.journal).holds


def test_a_forged_decision_is_not_believed(tmp_path: Path) -> None:
    built = found(url=f"sqlite:///{tmp_path}/journal.db")
    take(built.journal, "hear", "confirm")
    with sqlite3.connect(tmp_path / "journal.db") as connection:
        connection.execute("UPDATE records SET hash = zeroblob(32) WHERE \"case\" LIKE 'review/%' AND seq = 1")
    connection.close()
    with pytest.raises(Tampered):
        matter_files(built.journal)
    with pytest.raises(DialtestError):
        take(built.journal, "notify")
