"""Lists for spreadsheet programs: nothing in them is run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dialtest.errors import CouldNotTest
from dialtest.language import LANGUAGES, speaking
from reports.findings_list import columns
from reports.spreadsheet import harmless, write_csv, write_xlsx

COLUMNS = ("企业代码", "名称", "次数")
ROWS = [("900001", "新浪", 3), ("900666", '=HYPERLINK("http://sp.example","x")', 1), ("900667", "a\x07\ud800b", 0)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_looks_like_a_formula_is_written_as_text(cell: str) -> None:
    assert f"'{cell}" == harmless(cell)


@pytest.mark.parametrize("cell", ["新浪", "", "1=1", "头条-新闻", 5, -5])
def test_any_other_cell_stays_as_it_is(cell: str | int) -> None:
    assert cell == harmless(cell)


def test_a_csv_opens_in_chinese_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_csv(path, COLUMNS, ROWS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert [list(COLUMNS), ["900001", "新浪", "3"]] == read[:2]
    assert "'=HYPERLINK" == read[2][1][:11]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_columns_of_the_findings_have_the_same_name(language: str) -> None:
    with speaking(language):
        assert len(columns()) == len(set(columns()))


def test_an_xlsx_holds_strings_and_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx(path, COLUMNS, ROWS)
    read = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [list(COLUMNS), ["900001", "新浪", 3.0]] == read[:2]
    assert ROWS[1][1] == read[2][1]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_xlsx(tmp_path / f"{name}.xlsx", COLUMNS, ROWS)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_place_that_cannot_be_written_is_named(write: object, tmp_path: Path) -> None:
    with pytest.raises(CouldNotTest, match="nowhere/list"):
        write(tmp_path / "nowhere" / "list", COLUMNS, ROWS)  # type: ignore[operator]
