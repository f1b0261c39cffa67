"""A case told line by line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import Closed, Outcome
from dialtest.evidence.timeline import timeline
from dialtest.model.act import AnyAct, Listen, OpenPage, Press, Query, ReadBill, Withdraw
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Charge,
    Heard,
    Page,
    SubscriptionRow,
    Trouble,
    Withdrawn,
)
from tests.dialtest.evidence.journals import BEIJING, START, dial, journal_in_memory, new_journal, opened, rows

CHARGE = Charge(START, "901234", "TTXW", "新浪", "头条新闻", 3000, "monthly")
ROW = SubscriptionRow(
    "新浪", "10666666", "头条新闻", START, "sms", "monthly", "30元/月", "active", "sms", (), "9510567", "", "", "", ""
)


def told(act: AnyAct, result: AnyObservation) -> str:
    """The line of one outcome."""
    journal = journal_in_memory()
    chain = journal.begin("a")
    journal.append(chain, opened("a"))
    journal.append(chain, Outcome("a", 1, 1, START, act, result))
    journal.commit()
    return timeline(journal, "a")[1].text


def texts(journal: Journal, case: str) -> list[str]:
    journal.commit()
    return [line.text for line in timeline(journal, case)]


def test_a_service_ordered_beside_the_one_dialled_is_named(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    first = opened("a")
    journal.append(journal.begin("a"), replace(first, companion=first.service))
    assert ["Begun: scenario keep v1 with number 13810000001, beside 新浪 “头条新闻”"] == texts(journal, "a")


def test_every_record_is_a_line_in_order(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    assert [
        "Begun: scenario keep v1 with number 13810000001",
        "About to do: Sent “TT” to 10666666 (order)",
        "Sent “TT” to 10666666 (order)",
        "Message from 10086: “头条新闻 0”",
        "Message from 10086: “头条新闻 1”",
        "Ended",
    ] == texts(journal, "a")


def test_a_line_has_number_local_time_kind_and_hash(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.commit()
    line = timeline(journal, "a")[3]
    (hash_,) = rows(tmp_path / "journal.db", "SELECT hash FROM records WHERE seq = 3")[0]
    assert (3, START + timedelta(minutes=3), "seen", hash_.hex()) == (line.seq, line.at, line.kind, line.hash)
    assert line.at is not None
    assert BEIJING == line.at.tzinfo


@pytest.mark.parametrize(
    ("act", "result", "text"),
    [
        (Listen(START), Heard(START), "Listened until 2006-07-20 23:59"),
        (OpenPage("http://a"), Page(START, "http://a", 200, "<h1>头条</h1><script>x()</script> 30元"),
         "Opened the page http://a → page (200): 头条 30元"),
        (Press("http://a/order", "confirm"), Trouble(START, "timeout", "after 30 s"),
         "Pressed http://a/order (confirm) → failed: timeout after 30 s"),
        (Withdraw("web", "901234", "TTXW"), Withdrawn(START, False, "try again"),
         "Asked over web to withdraw → refused try again"),
        (Query("hotline"), Answer(START, "hotline", (ROW,)),
         "Asked over hotline for the subscriptions → 新浪 头条新闻 30元/月 active"),
        (Query("hotline"), Answer(START, "hotline", ()), "Asked over hotline for the subscriptions → no subscription"),
        (ReadBill(), Bill(START, (CHARGE,)), "Read the bill → 2006-07-20 23:59 新浪 头条新闻 30元"),
        (ReadBill(), Bill(START, ()), "Read the bill → no charge"),
    ],
)  # fmt: skip
def test_every_act_and_answer_has_words(act: AnyAct, result: AnyObservation, text: str) -> None:
    assert text == told(act, result)


def test_a_case_that_ended_early_says_why() -> None:
    journal = journal_in_memory()
    chain = journal.begin("a")
    journal.append(chain, opened("a"))
    journal.append(chain, Closed("a", 1, 1, START, "inconclusive", "the network was away"))
    assert "Ended without a result: the network was away" == texts(journal, "a")[1]


def test_what_came_from_outside_cannot_steer_the_terminal() -> None:
    journal = journal_in_memory()
    dial(journal, "a", text="\x1b[2J\u202eevil\r\n\u0085")
    assert r"Message from 10086: “\x1b[2J\u202eevil\r\n\x85 0”" == texts(journal, "a")[3]
    assert [] == [text for text in texts(journal, "a") if not text.isprintable()]


def test_a_record_nobody_can_read_is_a_line_that_says_so(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.commit()
    with journal.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET body = x'ff' WHERE seq = 3")
    line = timeline(journal, "a")[3]
    assert (None, "unreadable", "This is not a record.") == (line.at, line.kind, line.text)


def test_without_its_policy_a_case_is_still_told(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.commit()
    with journal.writing() as connection:
        connection.exec_driver_sql("DELETE FROM documents")
    assert START == timeline(journal, "a")[0].at


def test_a_case_the_journal_does_not_have_is_told() -> None:
    with pytest.raises(DialtestError, match=r"The journal has no case “\\x1b”"):
        timeline(journal_in_memory(), "\x1b")


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("头条　新闻", 0, "头条　新闻"),
        ("a\tb\nc", 0, r"a\tb\nc"),
        ("\u200f\u2066x", 0, r"\u200f\u2066x"),
        ("\U000e0041", 0, r"\U000e0041"),
        ("abcdef", 3, "abc…"),
        ("abc", 3, "abc"),
    ],
)
def test_text_is_shown_in_one_harmless_line(text: str, most: int, shown: str) -> None:
    assert shown == printable(text, most)
