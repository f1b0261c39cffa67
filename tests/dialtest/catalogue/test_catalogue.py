"""Catalogues as carriers keep them, and everything that can be wrong with them."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dialtest.catalogue.catalogue import Catalogue, load_catalogue, load_whole_catalogue
from dialtest.clock import monotonic_s
from dialtest.errors import DialtestError
from dialtest.model.service import Advert, Service
from tests.dialtest.catalogue.filings import ENGLISH, HEADER, NEWS, TONES, but, filed, table, wide, written

SINA = Service(
    "901508", "新浪", "XW", "头条新闻", "sms", "monthly", 3000, "month", "10668888", "DZXW", "TDXW", "9510567"
)  # fmt: skip
TENCENT = Service(
    "901515", "腾讯公司", "TL", "精品图铃", "wap", "per_use", 200, "use", "10669999", "DZTL", "TDTL", "075588880000",
    scope="local", page_url="http://sp.example/TL",
)  # fmt: skip


def both(catalogue: Catalogue) -> bool:
    """Whether it holds the two examples and no problem."""
    return [SINA, TENCENT] == list(catalogue.services.values()) and not catalogue.problems


def complaints(path: Path) -> list[tuple[int | None, str, str]]:
    """Row, column and cause of every problem."""
    return [(problem.row, problem.column, problem.cause) for problem in load_catalogue(path).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_carriers_are_told_apart(tmp_path: Path, encoding: str) -> None:
    assert both(load_catalogue(filed(tmp_path, NEWS, TONES, encoding=encoding)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    assert both(load_catalogue(written(tmp_path, table(NEWS, TONES, delimiter=delimiter))))


def test_english_headers_do_as_well(tmp_path: Path) -> None:
    assert both(load_catalogue(written(tmp_path, table(NEWS, TONES, header=ENGLISH))))


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    rows = [NEWS[::-1], TONES[::-1]]
    assert both(load_catalogue(written(tmp_path, table(*rows, header=HEADER[::-1]))))


def test_a_workbook_is_read_like_a_csv_even_where_codes_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate((HEADER, NEWS, TONES)):
            for column, cell in enumerate(row):
                sheet.write(place, column, int(cell) if cell.isdecimal() and cell[0] != "0" else cell)
    assert both(load_catalogue(path))


def test_full_width_digits_and_signs_are_understood(tmp_path: Path) -> None:
    row = but(NEWS, 企业代码=wide("901508"), 服务代码=wide("10668888"), 资费=wide("30元/月"), 订购指令=wide("DZXW"))
    assert both(load_catalogue(filed(tmp_path, row, TONES)))


def test_a_header_written_with_full_width_commas_is_understood(tmp_path: Path) -> None:
    header, _, rows = table(NEWS, TONES).partition("\n")
    assert both(load_catalogue(written(tmp_path, f"{header.replace(',', wide(','))}\n{rows}")))


def test_blank_rows_and_commas_at_the_end_do_no_harm(tmp_path: Path) -> None:
    text = table(NEWS, TONES).replace("\n", ",,\n", 1).replace("\n", "\n,,,\n\n", 1)
    assert both(load_catalogue(written(tmp_path, text)))


def test_a_text_in_quotes_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    path = filed(tmp_path, but(NEWS, 业务名称='"头条,新闻\n上下"'))
    assert ["头条,新闻 上下"] == [service.name for service in load_whole_catalogue(path).values()]


def test_the_file_is_never_changed(tmp_path: Path) -> None:
    path = filed(tmp_path, but(NEWS, 资费="?"), encoding="gb18030")
    before = path.read_bytes()
    load_catalogue(path)
    assert before == path.read_bytes()


@pytest.mark.parametrize(
    ("column", "found", "cause"),
    [
        ("业务类型", "短讯", "unknown word"),
        ("计费类型", "免月", "unknown word"),
        ("全网/本地", "外星", "unknown word"),
        ("企业代码", "", "missing code"),
        ("业务代码", "", "missing code"),
        ("业务代码", "../../etc", "impossible code"),
        ("业务代码", "A/B", "impossible code"),
        ("企业代码", "9.01508E+05", "rounded number"),
        ("服务代码", "1066abc", "access number not digits"),
        ("服务代码", "", "access number not digits"),
        ("服务代码", "1.06E+11", "rounded number"),
        ("资费", "-3元/月", "negative tariff"),
        ("资费", "99999元/月", "absurd tariff"),
        ("资费", "0.005元/月", "fraction of a fen"),
        ("资费", "", "unreadable tariff"),
        ("业务名称", "", "missing text"),
        ("业务名称", "新\x1b[2J闻", "control characters"),
        ("业务名称", "长" * 101, "text too long"),
        ("订购指令", "", "impossible command"),
        ("退订指令", "", "impossible command"),
        ("客服电话", "打给我", "impossible hotline"),
        ("页面地址", "javascript:alert(1)", "impossible address"),
        ("页面地址", "http://", "impossible address"),
    ],
)
def test_a_bad_cell_is_told_with_its_row_and_column(tmp_path: Path, column: str, found: str, cause: str) -> None:
    path = filed(tmp_path, TONES, but(NEWS, **{column: found}))
    assert [(3, column, cause)] == complaints(path)


def test_a_bad_row_is_not_used_and_the_others_are(tmp_path: Path) -> None:
    catalogue = load_catalogue(filed(tmp_path, but(NEWS, 资费="x"), TONES))
    assert ["901515/TL"] == list(catalogue.services)


def test_a_tariff_per_message_contradicts_a_subscription(tmp_path: Path) -> None:
    assert [(2, "计费类型", "contradiction")] == complaints(filed(tmp_path, but(NEWS, 资费="1元/条")))


def test_the_billing_type_may_be_left_to_the_tariff(tmp_path: Path) -> None:
    assert both(load_catalogue(filed(tmp_path, but(NEWS, 计费类型=""), but(TONES, 计费类型=""))))


def test_a_key_filed_twice_names_the_first_row(tmp_path: Path) -> None:
    path = filed(tmp_path, NEWS, TONES, NEWS)
    assert [(4, "业务代码", "duplicate key")] == complaints(path)
    assert "row 2" in str(next(iter(load_catalogue(path).problems)))


def test_rows_of_another_width_than_the_header_are_told(tmp_path: Path) -> None:
    path = filed(tmp_path, NEWS[:-3], [*TONES, "more"])
    assert [(2, "", "too few columns"), (3, "", "too many columns")] == complaints(path)


def test_every_problem_of_every_row_is_told_at_once(tmp_path: Path) -> None:
    path = filed(tmp_path, but(NEWS, 业务类型="x", 服务代码="y"), but(TONES, 资费="z"))
    assert [2, 2, 3] == [row for row, _, _ in complaints(path)]


def test_a_misspelt_header_suggests_the_nearest_one(tmp_path: Path) -> None:
    problem = next(iter(load_catalogue(written(tmp_path, table(NEWS).replace("退订指令", "退订指今"))).problems))
    assert ("unknown header", True) == (problem.cause, "退订指令" in problem.remedy)


def test_a_column_nobody_knows_is_kept_for_a_note(tmp_path: Path) -> None:
    path = written(tmp_path, table([*NEWS, "1"], [*TONES, "2"], header=[*HEADER, "登记人员工号"]))
    catalogue = load_catalogue(path)
    assert (True, ["登记人员工号"]) == (both(catalogue), catalogue.ignored)


def test_a_missing_column_is_told_with_both_its_names(tmp_path: Path) -> None:
    path = written(tmp_path, table(NEWS[1:], header=HEADER[1:]))
    assert "企业代码 (provider code)" in str(next(iter(load_catalogue(path).problems)))


def test_two_columns_of_one_meaning_must_agree(tmp_path: Path) -> None:
    rows = ([*NEWS, NEWS[2]], [*TONES, "1"])
    path = written(tmp_path, table(*rows, header=[*HEADER, "接入号"]))
    assert [(3, "服务代码", "contradiction")] == complaints(path)


def test_a_foreign_currency_is_told_where_the_market_is_known(tmp_path: Path) -> None:
    path = filed(tmp_path, but(NEWS, 资费="£3 per month"))
    assert ["foreign currency"] == [problem.cause for problem in load_catalogue(path, currency="CNY").problems]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n,,\n", "is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x01\x02\x00\x03" * 20, "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 30)) * 9, "not a text file"),
        (b"PK\x03\x04 this is no workbook", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        ("企业代码,资费\n1,£3".encode("latin-1", "ignore") + b"\xa3\xff", "neither UTF-8"),
        ("企业代码,业务名称\n1,头条新闻头条新闻头条".encode() + b"\xff\n", "damaged at byte"),
        ((table(NEWS) + '901508,"新浪').encode(), "row 3: the row cannot be read"),
        ((table(NEWS) + '901508,"' + "长" * 100_001).encode(), "row 3: the row cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_problem(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(content)
    assert any(words in str(problem) for problem in load_catalogue(path).problems)


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match=r"catalogue\.csv"):
        load_whole_catalogue(tmp_path / "catalogue.csv")


def test_a_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    assert ["unreadable file"] == [problem.cause for problem in load_catalogue(tmp_path).problems]


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    assert "200 MB is the limit" in str(next(iter(load_catalogue(path).problems)))


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    assert [(None, "", "no rows")] == complaints(filed(tmp_path))


def test_of_very_many_problems_a_hundred_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    rows = [but(NEWS, 业务代码=f"A{number}", 资费="x") for number in range(250)]
    problems = load_catalogue(filed(tmp_path, *rows)).problems
    assert (100, 250, 101) == (len(list(problems)), problems.total, len(problems.lines()))


def test_100_000_rows_load_in_seconds(tmp_path: Path) -> None:
    rows = [but(NEWS, 业务代码=f"A{number}", 服务代码=f"1066{number:07d}") for number in range(100_000)]
    path = filed(tmp_path, *rows)
    began_s = monotonic_s()
    catalogue = load_catalogue(path)
    assert (100_000, 0) == (len(catalogue.services), catalogue.problems.total)
    assert monotonic_s() - began_s < 20, "it takes about 2 s on one core; far more means something grew"


def adverts(folder: Path, *rows: str) -> Path:
    """A table of adverts."""
    return written(folder, "\n".join(["企业代码,业务代码,渠道,文字,页面地址,日期", *rows]), name="adverts.csv")


def test_adverts_belong_to_their_services_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = adverts(
        tmp_path, "901508,XW,sms_push,头条新闻30元/月,,2006年7月1日", "901508,XW,wap,看头条,http://a.example/,"
    )
    services = load_whole_catalogue(filed(tmp_path, NEWS, TONES), path)
    first = Advert("sms_push", "头条新闻30元/月", "", date(2006, 7, 1))
    assert (first, Advert("wap", "看头条", "http://a.example/")) == services["901508/XW"].adverts
    assert () == services["901515/TL"].adverts


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("901508,NN,wap,广告,,", "unknown service"),
        ("901508,XW,wap,,,", "missing text"),
        ("901508,XW,wap,广告,,2006-02-30", "impossible day"),
        ("901508,XW,wap,广告,file:///etc/passwd,", "impossible address"),
    ],
)
def test_a_bad_advert_is_told(tmp_path: Path, row: str, cause: str) -> None:
    catalogue = load_catalogue(filed(tmp_path, NEWS), adverts(tmp_path, row))
    assert [("adverts.csv", 2, cause)] == [(bad.file, bad.row, bad.cause) for bad in catalogue.problems]


def test_an_advert_of_a_service_whose_row_is_bad_is_not_to_blame(tmp_path: Path) -> None:
    catalogue = load_catalogue(filed(tmp_path, but(NEWS, 资费="x")), adverts(tmp_path, "901508,XW,wap,广告,,"))
    assert ["unreadable tariff"] == [problem.cause for problem in catalogue.problems]
