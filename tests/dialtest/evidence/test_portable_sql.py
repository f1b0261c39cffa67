"""Every statement compiles for PostgreSQL too; nothing of SQLite's own has crept in."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Dialect, select
from sqlalchemy.dialects import postgresql

from dialtest.evidence import export, heads, journal, schema, seal, verify

POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]

STATEMENTS: dict[str, Any] = {
    "ends of chains": select(heads.ends_after()),
    "heads beside seals": seal.heads_beside_seals(),
    "newest ends": export._newest_ends(),
    "ordered records": verify._ordered_records(),
    "ordered ends": verify._ordered_ends(),
    "opening": journal._OPEN,
    "closing": journal._CLOSE,
    "recording": journal._INSERT_RECORD,
    "documents": select(schema.documents),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_understood_by_postgresql(name: str) -> None:
    text = str(STATEMENTS[name].compile(dialect=POSTGRESQL))
    assert text.startswith(("SELECT", "INSERT", "UPDATE"))
    assert [] == [word for word in ("rowid", "PRAGMA", "sqlite", "OR REPLACE") if word in text]


def test_the_hot_insert_asks_postgresql_for_nothing_back() -> None:
    compiled = str(journal._INSERT_RECORD.compile(dialect=POSTGRESQL))
    assert compiled.startswith('INSERT INTO records ("case", seq, body, hash) VALUES (%(case)s')
    assert "RETURNING" not in compiled
