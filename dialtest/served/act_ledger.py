"""The served carrier's own ledger on disk: every act it performed, in order, and how far its clock went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from dialtest.errors import CouldNotTest, DialtestError

SCHEMA = """
CREATE TABLE IF NOT EXISTS network (identity TEXT NOT NULL, made_of TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS acts (
  id INTEGER PRIMARY KEY, client TEXT NOT NULL, msisdn TEXT NOT NULL, act TEXT NOT NULL,
  at TEXT NOT NULL, events INTEGER NOT NULL, result TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), now TEXT NOT NULL, events INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class LedgerAct:
    """One act as performed. `act` and `result` are JSON as they travelled; `events` is how many events of the network
    had happened before it, which is its exact place in the carrier's history."""

    client: str
    msisdn: str
    act: str
    at: datetime
    events: int
    result: str


class ActLedger:
    """Appends acts and never merges two: the same request twice is two acts. Durable against kill -9 at every return.

    `made_of` is a digest of everything the carrier was made of; a ledger of another carrier is refused.
    """

    def __init__(self, path: Path | str, made_of: str) -> None:
        self.path = str(path)
        try:
            # isolation_level None: every statement below commits by itself
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
                self._database.execute(f"PRAGMA {pragma}")
            self._database.executescript(SCHEMA)
            self.identity = self._identify(made_of)
        except sqlite3.Error as error:
            raise CouldNotTest(
                f"The carrier's ledger {path} cannot be used: {error}.", "Give another file with --ledger."
            ) from None

    def acts(self) -> Iterator[LedgerAct]:
        """Every act, in the order performed."""
        rows = self._database.execute("SELECT client, msisdn, act, at, events, result FROM acts ORDER BY id")
        for client, msisdn, act, at, events, result in rows:
            yield LedgerAct(client, msisdn, act, datetime.fromisoformat(at), events, result)

    def append(self, act: LedgerAct) -> None:
        """Keep an act; durable when this returns. Raises CouldNotTest when it cannot be kept."""
        row = (act.client, act.msisdn, act.act, act.at.isoformat(), act.events, act.result)
        self._write("INSERT INTO acts (client, msisdn, act, at, events, result) VALUES (?, ?, ?, ?, ?, ?)", row)

    def keep_clock(self, now: datetime, events: int) -> None:
        """Keep the time a client was told, so that a restarted carrier does not fall behind it."""
        self._write("INSERT OR REPLACE INTO clock (one, now, events) VALUES (1, ?, ?)", (now.isoformat(), events))

    def clock(self) -> tuple[datetime, int] | None:
        """The time last kept and the events that had happened; None in a new ledger."""
        row = self._database.execute("SELECT now, events FROM clock").fetchone()
        return None if row is None else (datetime.fromisoformat(row[0]), row[1])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _identify(self, made_of: str) -> str:
        row = self._database.execute("SELECT identity, made_of FROM network").fetchone()
        if row is None:
            row = (token_hex(8), made_of)
            self._database.execute("INSERT INTO network VALUES (?, ?)", row)
        if row[1] != made_of:
            raise DialtestError(
                f"The ledger {self.path} belongs to a carrier with another catalogue, policy, seed or faults.",
                "Give a new file with --ledger, or undo the change.",
            )
        return str(row[0])

    def _write(self, statement: str, row: tuple[object, ...]) -> None:
        try:
            self._database.execute(statement, row)
        except sqlite3.Error as error:
            raise CouldNotTest(f"The carrier's ledger {self.path} could not be written: {error}.") from None
