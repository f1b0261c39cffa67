"""Text is numbered by the line, whatever is in it; rows nobody can lay out are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialtest.audit import numbered_rows
from dialtest.audit.export_file import ExportFile

ROWS = {"1,2,3": "1,2,3", "短信,2,3": "短信,2,3", '"a,b",2,3': '"a,b",2,3', "1,2,3\r": "1,2,3", "1,2,3,,": "1,2,3"}
ROWS |= {'1,"a\nb",3': '1,"a b",3', '1,2,"x,\n\n""短,\r\n1,2,3"': '1,2,"x,  ""短, 1,2,3"'}
MALFORMED = ("1,2", "1,2,3,4", '1,"2,3', "\0,2,3", "x" * 90)
BLANK = ("", "\r")


def numbered(lines: Sequence[str], encoding: str, end: str, block_bytes: int) -> tuple[list[str], list[str]]:
    """The rows laid out, and the malformed ones, each with its number in front."""
    with TemporaryDirectory() as folder, mock.patch.object(numbered_rows, "BLOCK_BYTES", block_bytes):
        file, good, bad = (Path(folder) / name for name in ("file", "rows", "malformed"))
        file.write_bytes(end.join(["a,b,c", *lines]).encode(encoding))
        wide = "utf-16" if encoding == "utf-16" else "utf-8"
        export = ExportFile("", file, file, "csv", ("a", "b", "c"), {}, ("VARCHAR",) * 3, encoding=wide)
        count = numbered_rows.write_numbered(export, good, bad, bad.with_name("guessed"))
        malformed = bad.read_text(encoding="utf-8").splitlines()
        assert count == len(malformed)
        return good.read_text(encoding="utf-8").splitlines(), malformed


@given(
    st.lists(st.sampled_from([*ROWS, *MALFORMED, *BLANK]), max_size=9),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(2, 40),
)
@example(["1,2,3"] * 9, "utf-8", "\r\n", 6)
@example(["短信,2,3"] * 9, "gb18030", "\n", 6)
@example(["1,2,3", "", "1,2,3"] * 3, "utf-8", "\n", 6)
def test_each_row_has_the_number_of_its_first_line_wherever_a_block_ends(
    lines: list[str], encoding: str, end: str, block_bytes: int
) -> None:
    good, malformed = numbered(lines, encoding, end, block_bytes)
    numbers = accumulate((line.count("\n") + 1 for line in lines), initial=2)
    rows = [*zip(numbers, lines, strict=False)]
    assert good == [f"{number},{ROWS[line]}" for number, line in rows if line in ROWS]
    assert [int(row.partition(",")[0]) for row in malformed] == [number for number, line in rows if line in MALFORMED]
    assert (good, malformed) == numbered(lines, encoding, end, 1 << 20)


def test_bytes_that_are_text_only_across_a_line_end_are_no_text(tmp_path: Path) -> None:
    file, good, bad = (tmp_path / name for name in ("file", "rows", "malformed"))
    header, rows = b"a,a_long_header\n", b"1,\xe7\x9f\n\xad,2\n"
    file.write_bytes(header + rows)
    export = ExportFile("", file, file, "csv", ("a", "b"), {}, ("VARCHAR",) * 2)
    with mock.patch.object(numbered_rows, "BLOCK_BYTES", len(header)):
        assert numbered_rows.write_numbered(export, good, bad, bad.with_name("guessed")) == 1
    assert good.read_text(encoding="utf-8") == "2,1," + b"\xe7\x9f".decode("gb18030") + "\n"
    assert bad.read_text(encoding="utf-8").startswith("3,undecodable text")


@pytest.mark.parametrize("block_bytes", [1, 2, 3, 1 << 20])
@pytest.mark.parametrize(
    ("content", "rows", "expected"),
    [
        (b"a,b\n1,2\n3,4\n", 2, True),
        (b"a,b\n1,2\n3,4", 2, True),
        (b"a,b\r\n1,2\r\n3,4\r\n", 2, True),
        (b"a,b\n1,2\r\n3,4\n", 2, True),
        (b"a,b\n1,2\n\n3,4\n", 2, False),
        (b'a,b\n1,"2\n2"\n3,4\n', 2, False),
        (b"a,b\n1,2\r3,4\n\n", 2, False),
    ],
    ids=["plain", "no end", "windows", "mixed ends", "blank line", "line end in quotes", "return and blank line"],
)
def test_rows_are_counted_by_the_line_only_where_each_is_one(
    tmp_path: Path, content: bytes, rows: int, expected: bool, block_bytes: int
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    export = ExportFile("", file, file, "csv", ("a", "b"), {}, ("VARCHAR",) * 2)
    with mock.patch.object(numbered_rows, "BLOCK_BYTES", block_bytes):
        assert numbered_rows.is_a_row_a_line(export, rows) == expected


@pytest.mark.parametrize("length", [999_999, 1_000_001, 3_500_000])
def test_a_line_beyond_all_bounds_is_told_and_the_next_one_is_read(tmp_path: Path, length: int) -> None:
    file, good, bad = (tmp_path / name for name in ("file", "rows", "malformed"))
    file.write_bytes(b"a,b\n1," + b"x" * length + b"\n3,4\n")
    export = ExportFile("", file, file, "csv", ("a", "b"), {}, ("VARCHAR",) * 2)
    assert numbered_rows.write_numbered(export, good, bad, bad.with_name("guessed")) == 1
    assert bad.read_text(encoding="utf-8").startswith("2,line too long")
    assert good.read_text(encoding="utf-8") == "3,3,4\n"


@pytest.mark.parametrize("block_bytes", [7, 1 << 20])
@pytest.mark.parametrize(
    ("lines", "good", "malformed"),
    [
        (['1,2,"3', "4,5,6", "7,8,9"], ["3,4,5,6", "4,7,8,9"], [2]),
        (['1,2,"3', "4,5,6", '7,8,"9'], ["3,4,5,6"], [2, 4]),
        (['1,2,"3', '4,"5\n5",6', "7,8,9"], ['3,4,"5 5",6', "5,7,8,9"], [2]),
        (
            ['1,2,"3', *["4,5,6"] * 100, '7",8,9'],
            [*(f"{number},4,5,6" for number in range(3, 103)), '103,"7""",8,9'],
            [2],
        ),
        (['1,"2', *["x"] * 98, '3",4'], [f'2,1,"2 {"x " * 98}3",4'], []),
    ],
    ids=["never closed", "closed by the next one", "closed by a row that has a line end", "too late", "just in time"],
)
def test_a_quotation_mark_that_is_not_closed_costs_no_row_but_its_own(
    lines: list[str], good: list[str], malformed: list[int], block_bytes: int
) -> None:
    rows, bad = numbered(lines, "utf-8", "\n", block_bytes)
    assert (rows, [int(row.partition(",")[0]) for row in bad]) == (good, malformed)
