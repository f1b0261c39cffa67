"""These tests read messages in English, and let go of every database they opened."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dialtest.evidence import store
from dialtest.evidence.engine import open_engine
from tests.postgresql_server import PostgresqlServer, postgresql_server


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALTEST_LANG", "en")


@pytest.fixture(autouse=True)
def _let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    engines: list[Engine] = []

    def opened(*arguments: Any, **options: Any) -> Engine:
        engines.append(open_engine(*arguments, **options))
        return engines[-1]

    monkeypatch.setattr(store, "open_engine", opened)
    yield
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresqlServer]:
    """PostgreSQL, running."""
    with postgresql_server() as running:
        yield running
