"""The way from one version of the tables to the next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select

from dialtest.errors import DialtestError
from dialtest.evidence import schema
from dialtest.evidence.engine import open_engine
from dialtest.evidence.migrations.upgrade import LOCATION, configuration, upgrade
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import rows, sealed_campaign, tampering

NEWEST = schema.VERSIONS[-1]

ANOTHER_STEP = '''
"""A step that is not there yet."""
from alembic import op
from sqlalchemy import Column, String

revision = "next"
down_revision = "{newest}"


def upgrade() -> None:
    op.add_column("cases", Column("judge", String(32)))
    {more}
'''


def migrated(folder: Path) -> Engine:
    """A database made by the migrations alone."""
    engine = open_engine(file_url(folder / "migrated.db"))
    with engine.begin() as connection:
        upgrade(connection)
    return engine


def with_another_step(folder: Path, more: str = "") -> Path:
    """A copy of the migrations that goes one version further."""
    location = folder / "migrations"
    shutil.copytree(LOCATION, location)
    (location / "versions" / "another.py").write_text(ANOTHER_STEP.format(more=more, newest=NEWEST))
    return location


def test_migrations_make_the_tables_the_program_uses(tmp_path: Path) -> None:
    engine = migrated(tmp_path)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()
    assert [] == differences, "change migrations/versions together with schema.py"


def test_migrations_and_a_new_journal_write_the_same_tables(tmp_path: Path) -> None:
    migrated(tmp_path).dispose()
    open_journal(file_url(tmp_path / "journal.db")).close()
    columns = (
        'SELECT m.name, p.name, p.type, p."notnull", p.pk FROM sqlite_master m, pragma_table_info(m.name) p '
        "WHERE m.type = 'table' AND m.name != 'alembic_version' ORDER BY m.name, p.name"
    )
    assert rows(tmp_path / "migrated.db", columns) == rows(tmp_path / "journal.db", columns)


def test_the_program_knows_every_version_there_is_a_step_to() -> None:
    steps = ScriptDirectory.from_config(configuration()).walk_revisions()
    assert list(schema.VERSIONS) == [step.revision for step in reversed(list(steps))]


def test_a_journal_of_an_older_release_is_carried_over_and_still_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sealed_campaign(tmp_path)
    monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, "next"))
    monkeypatch.setattr(upgrade, "__defaults__", (with_another_step(tmp_path),))
    journal = open_journal(file_url(path))
    assert verify(journal).holds
    assert [("next",)] == rows(path, "SELECT version_num FROM alembic_version")
    assert [(None,)] * 4 == rows(path, "SELECT judge FROM cases")


def test_an_older_journal_is_not_changed_by_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sealed_campaign(tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, "next"))
    with pytest.raises(DialtestError, match=rf"is of an older release \(version {NEWEST}\)"):
        open_journal(file_url(path), read_only=True)
    assert before == path.read_bytes()


def test_a_step_that_fails_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sealed_campaign(tmp_path)
    monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, "next"))
    broken = with_another_step(tmp_path, 'op.add_column("nowhere", Column("x", String(1)))')
    monkeypatch.setattr(upgrade, "__defaults__", (broken,))
    with pytest.raises(DialtestError, match="no such table: nowhere"):
        open_journal(file_url(path))
    assert [] == rows(path, "SELECT name FROM pragma_table_info('cases') WHERE name = 'judge'")
    assert [(NEWEST,)] == rows(path, "SELECT version_num FROM alembic_version")


def test_an_empty_database_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with tampering(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    journal = open_journal(file_url(path))
    with journal.reading() as connection_to_journal:
        assert [] == connection_to_journal.execute(select(schema.cases)).all()
