"""Builds small journals, and reaches into their databases the way somebody who wants to deceive would."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.journal import CaseChain, Journal
from dialtest.evidence.record import Closed, Intent, Opened, Outcome, Seen
from dialtest.evidence.seal import seal
from dialtest.evidence.store import file_url, open_journal
from dialtest.model.act import Query, Send
from dialtest.model.number import Number
from dialtest.model.observation import Answer, Message, Sent
from dialtest.model.service import Service
from dialtest.policy.load import shipped_policy_text

BEIJING = ZoneInfo("Asia/Shanghai")
START = datetime(2006, 7, 20, 23, 59, tzinfo=BEIJING)
SCRIPT = "async def keep(dial): ..."
SCRIPT_DIGEST = sha256(SCRIPT.encode()).hexdigest()
POLICY = shipped_policy_text("monternet-2006")
POLICY_DIGEST = sha256(POLICY.encode()).hexdigest()

HEADLINES = Service(
    "901234", "新浪", "TTXW", "头条新闻", "sms", "monthly", 3000, "month", "10666666", "TT", "QXTT", "9510567"
)


def new_journal(place: Path | str) -> Journal:
    """An empty journal in a folder or at a URL that knows the policy and the script."""
    url = file_url(place / "journal.db") if isinstance(place, Path) else place
    return _with_documents(open_journal(url))


def journal_in_memory() -> Journal:
    """The same without a file."""
    return _with_documents(open_journal("sqlite://"))


def _with_documents(journal: Journal) -> Journal:
    journal.keep_document("policy", "monternet-2006", POLICY)
    journal.keep_document("scenario", "keep.py", SCRIPT)
    return journal


def opened(case: str, msisdn: str = "13810000001") -> Opened:
    return Opened(case, 0, 0, START, HEADLINES, Number(msisdn, "gotone"), "keep", 1, SCRIPT_DIGEST, POLICY_DIGEST, 7)


def dial(journal: Journal, case: str, messages: int = 2, closed: bool = True, text: str = "头条新闻") -> CaseChain:
    """A case of 4 records and one more for each message, the last of them the closing one."""
    chain = journal.begin(case)
    act = Send("10666666", "TT", "order")
    journal.append(chain, opened(case))
    journal.append(chain, Intent(case, chain.seq, 1, START, act))
    journal.append(chain, Outcome(case, chain.seq, 1, START, act, Sent(START)))
    hear(journal, chain, messages, text)
    if closed:
        at = START + timedelta(days=1)
        journal.append(chain, Closed(case, chain.seq, 2, at, "completed"))
    return chain


def hear(journal: Journal, chain: CaseChain, messages: int, text: str = "头条新闻") -> None:
    for number in range(messages):
        at = START + timedelta(minutes=chain.seq)
        message = Message(at, at, "10086", f"{text} {number}")
        journal.append(chain, Seen(chain.case, chain.seq, 1, at, message, chain.seq))


def asked(case: str, seq: int) -> Outcome:
    """A harmless record somebody might slip in."""
    return Outcome(case, seq, 1, START, Query("hotline"), Answer(START, "hotline", ()))


def sealed_campaign(folder: Path) -> Path:
    """A journal with two seals: cases a, b and c are closed, d is open and grew between the seals. Its file."""
    path = folder / "journal.db"
    path.write_bytes(_sealed_campaign())
    return path


@cache
def _sealed_campaign() -> bytes:
    with TemporaryDirectory() as folder:
        journal = new_journal(Path(folder))
        dial(journal, "a")
        dial(journal, "b", messages=5)
        chain = dial(journal, "d", messages=3, closed=False)
        seal(journal, START + timedelta(days=2))
        dial(journal, "c", messages=1)
        hear(journal, chain, 2)
        seal(journal, START + timedelta(days=3))
        journal.close()
        return Path(folder, "journal.db").read_bytes()


LENGTHS = {"a": 6, "b": 9, "c": 5, "d": 8}
"""How many records the cases of a sealed campaign have."""


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """The database itself, without dialtest."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def rows(path: Path, query: str, *values: Any) -> list[Any]:
    with tampering(path) as connection:
        return connection.execute(query, values).fetchall()


def forge_chain(connection: sqlite3.Connection, case: str) -> None:
    """Compute a case's hashes anew, and the list of cases with them, as if its records had always been so."""
    head, count = GENESIS, 0
    query = 'SELECT position, body FROM records WHERE "case" = ? ORDER BY seq'
    for position, body in connection.execute(query, (case,)).fetchall():
        head, count = link(head, body), count + 1
        connection.execute("UPDATE records SET hash = ?, seq = ? WHERE position = ?", (head, count - 1, position))
    where = """WHERE "case" = ? AND state != 'open'"""
    connection.execute(f"UPDATE cases SET head = ?, records = ? {where}", (head, count, case))  # noqa: S608
