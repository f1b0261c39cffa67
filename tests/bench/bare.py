"""The limit to come close to: coroutine scripts, one heap, a SHA-256 chain, SQLite written in groups; nothing else.

No carrier, no rules, no types: eight acts and their records a case. Run as `python -m tests.bench.bare N`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Generator
from hashlib import sha256
from heapq import heappop, heappush
from pathlib import Path

from dialtest.clock import monotonic_s

ACTS = ("order", "listen", "listen", "query", "bill", "withdraw", "listen", "bill")
RECORDS_OF_AN_ACT = {"order": 3, "listen": 3, "withdraw": 3}
GROUP = 4_000


def life(case: int) -> Generator[tuple[str, int], int, None]:
    """A subscription's life as bare as can be: acts a while apart."""
    now = case % 40_000
    for act in ACTS:
        now = yield act, now + 600


def measure(cases: int) -> dict[str, object]:
    """Run `cases` lives; figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute('CREATE TABLE records ("case" INTEGER, seq INTEGER, body BLOB, hash BLOB)')
        began_s = monotonic_s()
        records = _run(cases, database)
        seconds = monotonic_s() - began_s
        database.close()
    return {"cases_per_second": round(cases / seconds), "records_per_second": round(records / seconds)}


def _run(cases: int, database: sqlite3.Connection) -> int:
    heads = [bytes(32)] * cases
    seqs = [0] * cases
    rows: list[tuple[int, int, bytes, bytes]] = []
    heap: list[tuple[int, int, Generator[tuple[str, int], int, None], str]] = []
    total = 0
    for case in range(cases):
        script = life(case)
        act, when = next(script)
        heappush(heap, (when, case, script, act))
    while heap:
        when, case, script, act = heappop(heap)
        for place in range(RECORDS_OF_AN_ACT.get(act, 1)):
            body = json.dumps({"case": case, "seq": seqs[case], "at": when, "act": act, "part": place}).encode()
            heads[case] = sha256(heads[case] + body).digest()
            rows.append((case, seqs[case], body, heads[case]))
            seqs[case] += 1
            total += 1
        if len(rows) >= GROUP:
            _write(database, rows)
        try:
            act, wakes = script.send(when)
            heappush(heap, (wakes, case, script, act))
        except StopIteration:
            pass
    _write(database, rows)
    return total


def _write(database: sqlite3.Connection, rows: list[tuple[int, int, bytes, bytes]]) -> None:
    database.execute("BEGIN")
    database.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
    database.execute("COMMIT")
    rows.clear()


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
