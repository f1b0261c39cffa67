"""Exports used as they lie give what they give when every row is read; ids in order and ids in none give one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialtest.audit import part
from dialtest.audit.doubles import set_doubles_aside
from dialtest.audit.intake import CDR_LAYOUT, Intake
from dialtest.audit.workspace import Workspace, open_workspace
from dialtest.policy.load import load_policy

from .exports import CDR_COLUMNS, write

Cells = tuple[str | int | None, ...]
Change = tuple[int, str | int | None]

POLICY = load_policy("monternet-2006")
TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "TIMESTAMP", "INTEGER", "VARCHAR", "VARCHAR")
IN_WORDS = ("C0", "13900000001", "900001", "XW", "2006-09-01 00:00:00", 3000, "包月", None)
"""A good row in words that are not the audit's own: one that is not plain."""


PLAIN_ROW = (*IN_WORDS[:6], "monthly", "M1")
PLAIN: Sequence[Sequence[str | int | None]] = (
    ("C1", "C2", "c2", "9"), ("13900000001", "10086"), ("900001", "9-1"), ("XW", "x.1"),
    ("2006-09-01 00:00:00", "2036-12-31 23:59:59"), (0, 3000), ("monthly", "per_use"), ("M1", "-", "", " none ", None),
)  # fmt: skip
ODD: Sequence[Sequence[str | int | None]] = (
    ("", " C1", "x" * 65, None), ("", "1390000000a", "1" * 21, "008613900000001", None), ("", "9 1", "9" * 33, None),
    ("", "新闻", "-", None), ("1989-12-31 00:00:00", "2037-01-01 00:00:00", None), (-1, None), ("weekly", "", None),
    ("NULL", "MMMMM"),
)  # fmt: skip
ROWS = st.lists(st.tuples(*[st.sampled_from(cells) for cells in PLAIN]), min_size=1, max_size=12)
CHANGES: Sequence[Change] = [(column, cell) for column, cells in enumerate(ODD) for cell in cells]
AS_TEXT: Sequence[Change] = (
    (4, "2006-09-01T00:00:00"), (4, "2006-09-01"), (4, "20060901000000"), (4, "2006-09-01 00:00"),
    (4, "2099-13-01 00:00:00"), (4, "2006-09-01 00:00:00Z"), (5, "3000.0"), (5, "3000.5"), (5, "+3000"), (5, "03000"),
    (5, "1e3"), (5, "1" * 12), (5, "1" * 13), (5, "1" * 30), (5, " 3000"),
)  # fmt: skip


def text(path: Path, rows: Sequence[Cells]) -> Path:
    return write(path, CDR_COLUMNS, [dict(zip(CDR_COLUMNS, row, strict=True)) for row in rows])


def parquet(path: Path, rows: Sequence[Cells]) -> Path:
    with duckdb.connect() as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(CDR_COLUMNS, TYPES, strict=True))
        connection.execute(f"CREATE TABLE made ({columns})")
        cells = [list(cells) for cells in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO made SELECT {', '.join(['unnest(?)'] * len(TYPES))}", cells)
        connection.execute(f"COPY made TO '{path}' (FORMAT parquet)")
    return path


def taken(workspace: Workspace, *files: Path) -> Intake:
    intake = Intake(workspace, POLICY, "cdr", CDR_LAYOUT)
    intake.take(files)
    return intake


def told(*files: Path) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """The rows that are good, and those that are not with their places and causes."""
    with open_workspace(threads=1) as workspace:
        taken(workspace, *files)
        good = workspace.rows(
            "SELECT * REPLACE (CAST(charged_at AS VARCHAR) AS charged_at) FROM cdr WHERE cause IS NULL"
        )
        return Counter(good), Counter(workspace.rows("SELECT row_number, cause, field, found FROM rejected"))


def gives_the_same(made: Callable[[Path, Sequence[Cells]], Path], rows: list[Cells], changes: list[Change]) -> None:
    for row, (column, cell) in enumerate(changes[: len(rows)]):
        rows[row] = (*rows[row][:column], cell, *rows[row][column + 1 :])
    with TemporaryDirectory() as folder:
        with mock.patch.object(part, "MOSTLY_ODD", 1):
            good, bad = told(made(Path(folder) / "lies", rows))
        with mock.patch.object(part, "MOSTLY_ODD", 100):
            expected_good, expected_bad = told(made(Path(folder) / "read", [*rows, IN_WORDS]))
    good.update([("C0", *IN_WORDS[1:6], "monthly", False, None)])
    assert (expected_good, expected_bad) == (good, bad)


@settings(max_examples=15)
@given(ROWS, st.lists(st.sampled_from(CHANGES), max_size=2))
@example([PLAIN_ROW], [(3, "新闻")])
def test_an_export_used_as_it_lies_gives_what_reading_every_row_gives(rows: list[Cells], changes: list[Change]) -> None:
    gives_the_same(parquet, rows, changes)


@settings(max_examples=15)
@given(ROWS, st.lists(st.sampled_from([*CHANGES, *AS_TEXT]), max_size=2))
@example([PLAIN_ROW], [(2, "9 1")])
@example([PLAIN_ROW], [(3, "新闻")])
@example([PLAIN_ROW], [(4, "2006-09-01 00:00:00Z")])
@example([PLAIN_ROW], [(5, "3000.5")])
@example([PLAIN_ROW], [(5, "1" * 13)])
def test_text_that_is_plain_gives_what_reading_every_row_gives(rows: list[Cells], changes: list[Change]) -> None:
    gives_the_same(text, rows, changes)


def test_only_rows_that_are_not_plain_are_copied_out_of_parquet(tmp_path: Path) -> None:
    negative, copied = (*PLAIN_ROW[:5], -1, *PLAIN_ROW[6:]), []
    for name, rows in (("own", [PLAIN_ROW]), ("bad", [*[PLAIN_ROW] * 9, negative]), ("words", [IN_WORDS] * 3)):
        with open_workspace(threads=1) as workspace:
            taken(workspace, parquet(tmp_path / f"{name}.parquet", rows))
            copied.append(
                (workspace.number("SELECT count(*) FROM cdr_0"), (workspace.folder / "cdr_0.parquet").exists())
            )
            assert workspace.number("SELECT count(*) FROM cdr") == len(rows)
    assert copied == [(0, False), (1, False), (0, True)]


@pytest.mark.parametrize("column", ["file_row_number", "File_Row_Number", "cause"])
def test_a_column_that_is_called_like_one_of_the_engines_does_no_harm(tmp_path: Path, column: str) -> None:
    own, more = tmp_path / "own.parquet", tmp_path / "more.parquet"
    parquet(own, [*[PLAIN_ROW] * 9, (*PLAIN_ROW[:5], -1, *PLAIN_ROW[6:])])
    duckdb.read_parquet(str(own)).project(f"*, 77 AS {column}").write_parquet(str(more))
    assert told(more) == told(own)
    assert [row for row, *_ in told(more)[1]] == [10]


@settings(max_examples=15)
@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=10), st.booleans())
@example(list("abcdef"), False)
@example(list("abcdeff"), False)
@example(list("bcdea"), False)
def test_whatever_the_order_of_ids_each_is_kept_once(ids: list[str], sort: bool) -> None:
    rows = [(each, *IN_WORDS[1:6], "monthly", "M1") for each in (sorted(ids) if sort else ids)]
    with TemporaryDirectory() as folder, open_workspace() as workspace:
        halves = [parquet(Path(folder) / f"{n}.parquet", half) for n, half in enumerate((rows[:5], rows[5:])) if half]
        intake = taken(workspace, *halves)
        set_aside = set_doubles_aside(workspace, intake, ("cdr_id",), "charged_at", "duplicate id", "cdr_id")
        kept = workspace.rows("SELECT cdr_id FROM cdr WHERE cause IS NULL")
        rejected = workspace.rows("SELECT found FROM rejected")
    assert sorted(set(ids)) == sorted(str(each) for (each,) in kept)
    assert sorted((Counter(ids) - Counter(set(ids))).elements()) == sorted(str(each) for (each,) in rejected)
    assert set_aside == len(rejected)
