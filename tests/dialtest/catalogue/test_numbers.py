"""The table of test numbers."""

from pathlib import Path

import pytest

from dialtest.catalogue.numbers import load_numbers
from dialtest.model.number import Number
from dialtest.policy.load import load_policy
from tests.dialtest.catalogue.filings import written

WORDS = load_policy("monternet-2006").brand_words


def numbers(folder: Path, *rows: str, header: str = "号码,品牌,地区,地点,团队,对照号码") -> Path:
    """A table of numbers."""
    return written(folder, "\n".join([header, *rows]), name="numbers.csv")


def test_a_number_has_brand_region_site_team_and_may_be_a_control_number(tmp_path: Path) -> None:
    loaded, problems = load_numbers(numbers(tmp_path, "138 0000 0001,神州行,喀什,营业厅,第三方,是"), WORDS)
    expected = Number("13800000001", "easyown", "喀什", "营业厅", "third_party", control=True)
    assert ({"13800000001": expected}, False) == (loaded, bool(problems))


def test_english_headers_and_words_do_as_well(tmp_path: Path) -> None:
    path = numbers(tmp_path, "447700900001,prepaid,call_centre,no", header="msisdn,brand,team,control")
    assert Number("447700900001", "easyown", team="call_centre") == load_numbers(path, WORDS)[0]["447700900001"]


@pytest.mark.parametrize(
    ("row", "column", "cause"),
    [
        ("13800000001,全球同,,,,", "品牌", "unknown word"),
        ("13800000001,,,,,", "品牌", "unknown word"),
        ("13800000001,全球通,,,我们,", "团队", "unknown word"),
        ("13800000001,全球通,,,,也许", "对照号码", "unknown word"),
        ("abc,全球通,,,,", "号码", "impossible number"),
        ("1.38E+10,全球通,,,,", "号码", "impossible number"),
        ("13800000002,全球通,,,,", "号码", "duplicate number"),
    ],
)
def test_a_bad_number_is_told_with_its_row_and_column(tmp_path: Path, row: str, column: str, cause: str) -> None:
    _, problems = load_numbers(numbers(tmp_path, "13800000002,全球通,,,,", row), WORDS)
    assert [(3, column, cause)] == [(bad.row, bad.column, bad.cause) for bad in problems]
