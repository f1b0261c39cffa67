"""Bad input: told clearly, nothing lost, nothing changed in place, nobody accused for what could not be read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dialtest.audit.workspace import open_workspace
from dialtest.errors import DialtestError
from dialtest.language import speaking
from tests.dialtest.audit.exports import (
    ANNA,
    BELA,
    CDR_COLUMNS,
    audit_cdr,
    cdr,
    figures,
    findings,
    held,
    use,
    write,
    write_cdrs,
    write_subscriptions,
)

CHINESE = ("话单编号", "手机号码", "企业代码", "业务代码", "计费时间", "费用(分)", "计费类型", "凭证")
ROW = f"{ANNA},900001,XW,20060901000000,3001,包月,"


def rejects(folder: Path) -> list[tuple[str, str]]:
    with (folder / "out" / "rejects.csv").open(encoding="utf-8", newline="") as opened:
        return [(row["row"], row["cause"]) for row in csv.DictReader(opened)]


def in_chinese(folder: Path, *lines: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    path = folder / "话单.csv"
    path.write_bytes((newline.join((",".join(CHINESE), *lines)) + newline).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_chinese_headers_and_words_are_read_in_any_encoding(tmp_path: Path, encoding: str, newline: str) -> None:
    path = in_chinese(tmp_path, f"1,{ROW}", encoding=encoding, newline=newline)
    result = audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json")
    assert figures(result)["by_breach"]["over_tariff"] == 1


def test_one_file_may_mix_encodings_and_line_ends(tmp_path: Path) -> None:
    path = in_chinese(tmp_path, f"1,{ROW}")
    with path.open("ab") as opened:
        opened.write(f"2,{ROW}\r\n".encode("gb18030") + b"3,\xff\xff,900001,XW,20060901000000,3001,monthly,\n")
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["rejected_by_cause"]) == (3, {"undecodable text": 1})
    assert [row["cdr_id"] for row in findings(tmp_path)] == ["2", "1"][::-1]


def test_a_line_of_gb18030_that_is_utf8_by_chance_is_read_as_what_its_file_is_in(tmp_path: Path) -> None:
    chance = "失效".encode("gb18030")
    assert chance.decode() == "ʧЧ"
    path = in_chinese(tmp_path, f"1,{ROW}短信", f"2,{ROW}".replace("包月", "失效"), encoding="gb18030")
    audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert "失效" in (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lines_may_end_in_carriage_returns_alone(tmp_path: Path, encoding: str) -> None:
    path = in_chinese(tmp_path, f"1,{ROW}", "", f"2,{ROW.replace(ANNA, 'x')}", encoding=encoding, newline="\r")
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["by_breach"]["over_tariff"]) == (2, 1)
    assert rejects(tmp_path) == [("4", "impossible number")]


@pytest.mark.parametrize("bad", ["", f"9,{ANNA}"])
def test_rows_without_anything_in_them_are_passed_over(tmp_path: Path, bad: str) -> None:
    path = in_chinese(
        tmp_path, *[f"{number},{ROW}" for number in range(1, 4)], ",,,,,,,", bad, ' ,,"",,,,,', ",,,,,,,,,"
    )
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["rejected"]) == (3 + bool(bad), bool(bad))


@pytest.mark.parametrize(
    "time",
    [
        "2006-08-31 16:00:00Z",
        "2006-08-31T16:00:00+00:00",
        "2006-09-01T00:00:00+08:00",
        "2006-09-01T00:00:00",
        "20060901000000",
        "2006/9/1 00:00",
        "2006年9月1日 00:00:00",
        "2006-09-01 00:00:00.000",
    ],
)
def test_times_are_read_in_every_form_and_in_the_markets_own_zone(tmp_path: Path, time: str) -> None:
    exports = write_cdrs(tmp_path, cdr(1, time)), write_subscriptions(tmp_path, held("2006-07-21 00:00:00"))
    told = figures(audit_cdr(tmp_path, *exports, "--json"))
    assert (told["rejected"], sum(told["by_breach"].values())) == (0, 0)


@pytest.mark.parametrize(
    ("cause", "row"),
    [
        ("missing id", cdr("")),
        ("impossible number", cdr(1, msisdn="1.39E+10")),
        ("impossible code", cdr(1, provider_code="9 1")),
        ("impossible code", cdr(1, service_code="x'; DROP TABLE cdr; --")),
        ("impossible time", cdr(1, "2006-13-01 00:00:00")),
        ("impossible time", cdr(1, "infinity")),
        ("impossible time", cdr(1, "2006-09-01 10:05 PM")),
        ("impossible time", cdr(1, "2006-09-01 10:05:00 PM")),
        ("impossible time", cdr(1, "2006-09-01 10:05:00 UTC")),
        ("impossible time", cdr(1, "2006-09-01 10:05:00 BC")),
        ("impossible time", cdr(1, "2006-09-01 10:05:00+25:00")),
        ("impossible time", cdr(1, "2006-09-01 10:05:0Z")),
        ("impossible time", cdr(1, "2006-09/01 10:05")),
        ("impossible time", cdr(1, "")),
        ("impossible fee", cdr(1, fee_fen="2.5")),
        ("impossible fee", cdr(1, fee_fen="1e3")),
        ("negative fee", cdr(1, fee_fen="-200")),
        ("unknown kind", cdr(1, kind="weekly")),
    ],
)
def test_a_bad_row_is_told_with_its_cause_and_the_others_are_audited(
    tmp_path: Path, cause: str, row: dict[str, object]
) -> None:
    exports = write_cdrs(tmp_path, cdr(8, fee_fen=9000), row), write_subscriptions(tmp_path, held())
    before = [path.read_bytes() for path in exports]
    result = audit_cdr(tmp_path, *exports, "--json")
    told = figures(result)
    assert (result.exit_code, told["rows"], told["rejected_by_cause"]) == (2, 2, {cause: 1})
    assert told["by_breach"]["over_tariff"] == 1
    assert rejects(tmp_path) == [("3", cause)]
    assert "cdr.csv, row 3" in result.output
    assert [path.read_bytes() for path in exports] == before


@pytest.mark.parametrize(
    ("cause", "line"),
    [
        ("too few columns", f"1,{ANNA}"),
        ("too many columns", f"1,{ROW},x,y"),
        ("broken quotation", f'"1,{ROW}'),
        ("control characters", f"1,\x00{ROW}"),
    ],
)
def test_a_malformed_row_is_rejected_alone(tmp_path: Path, cause: str, line: str) -> None:
    path = in_chinese(tmp_path, f"5,{ROW}", "", line, f'"6",{ROW}')
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["rejected_by_cause"], told["by_breach"]["twice_in_month"]) == (3, {cause: 1}, 1)
    assert rejects(tmp_path) == [("4", cause)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_with_line_ends_in_it_is_read_beside_a_bad_row(tmp_path: Path, encoding: str, end: str) -> None:
    proof = f'"第一行{end}{end}""2"", 3"'
    lines = (f"1,{ROW}{proof}", f"2,{ROW.replace(ANNA, 'x')}", f"3,{ROW}{proof}")
    path = in_chinese(tmp_path, *lines, encoding=encoding, newline=end)
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["rejected_by_cause"]) == (3, {"impossible number": 1})
    assert rejects(tmp_path) == [("5", "impossible number")]
    assert [row["cdr_id"] for row in findings(tmp_path)] == ["1", "3"]


def test_the_first_hundred_bad_rows_are_shown_and_every_one_stands_in_the_rejects(tmp_path: Path) -> None:
    rows = [cdr(number, fee_fen="-1" if number % 2 else "x") for number in range(2_000)]
    result = audit_cdr(tmp_path, write_cdrs(tmp_path, *rows), write_subscriptions(tmp_path, held()))
    lines = [line for line in result.output.splitlines() if "cdr.csv, row" in line]
    assert (result.exit_code, len(lines)) == (2, 100)
    assert "2000 problems in all: impossible fee 1000, negative fee 1000" in result.output
    assert len(rejects(tmp_path)) == 2_000


def test_rejects_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    subscriptions = write_subscriptions(tmp_path, held())
    audit_cdr(tmp_path, write_cdrs(tmp_path, cdr("")), subscriptions)
    audit_cdr(tmp_path, write_cdrs(tmp_path, cdr(1)), subscriptions)
    assert not (tmp_path / "out" / "rejects.csv").exists()


def test_a_record_that_is_twice_there_counts_once(tmp_path: Path) -> None:
    first = write_cdrs(tmp_path, use(1, proof_id=""), use(2), name="a.csv")
    second = write_cdrs(tmp_path, use(1, proof_id=""), name="b.csv")
    told = figures(audit_cdr(tmp_path, [second, first], write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rows"], told["by_breach"]["no_active_use"], told["rejected_by_cause"]) == (3, 1, {"duplicate id": 1})


@pytest.mark.parametrize("before", [[], [""], [f'"5",{ROW}'], ["", f"5,{ROW}", ""]])
def test_a_record_that_is_twice_there_has_the_number_of_its_line(tmp_path: Path, before: list[str]) -> None:
    path = in_chinese(tmp_path, *before, f"1,{ROW}", f"1,{ROW}")
    audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert rejects(tmp_path) == [(str(len(before) + 3), "duplicate id")]


@pytest.mark.parametrize("others", [0, 20])
def test_blanks_around_an_id_make_no_other_record_of_it(tmp_path: Path, others: int) -> None:
    rows = [use(f"o{number}") for number in range(others)]
    cdrs = write_cdrs(tmp_path, *rows, use("a", proof_id=""), use("a ", proof_id=""), use(" a", proof_id=""))
    told = figures(audit_cdr(tmp_path, cdrs, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["by_breach"]["no_active_use"], told["rejected_by_cause"]) == (1, {"duplicate id": 2})


def test_a_result_that_would_be_written_to_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "out" / "summary.json").mkdir(parents=True)
    result = audit_cdr(tmp_path, write_cdrs(tmp_path, cdr(1)), write_subscriptions(tmp_path, held()))
    assert (result.exit_code, "summary.json is a folder" in result.output) == (2, True)


def test_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    path = write_cdrs(tmp_path, cdr(1))
    result = audit_cdr(tmp_path, [path, path], write_subscriptions(tmp_path, held()))
    assert (result.exit_code, "is given twice" in result.output) == (2, True)


def test_a_subscription_that_cannot_be_read_accuses_nobody(tmp_path: Path) -> None:
    exports = write_cdrs(tmp_path, cdr(1), cdr(2, msisdn=BELA)), write_subscriptions(tmp_path, held("yesterday"))
    told = figures(audit_cdr(tmp_path, *exports, "--json"))
    assert (told["by_breach"]["no_subscription"], told["rejected_by_cause"]) == (1, {"impossible time": 1})
    assert [row["msisdn"] for row in findings(tmp_path)] == [BELA]


@pytest.mark.parametrize(
    ("cause", "spoilt"),
    [
        ("too many columns", lambda line: line.replace("900001", "900001,x,")),
        ("too many columns", lambda line: "x," + line),
        ("too few columns", lambda line: line.replace(",active", "")),
        ("too few columns", lambda line: line.partition(",active")[0]),
        ("broken quotation", lambda line: line.replace("900001", '"900001')),
    ],
)
def test_a_malformed_subscription_accuses_nobody(tmp_path: Path, cause: str, spoilt: Callable[[str], str]) -> None:
    subscriptions = write_subscriptions(tmp_path, held(msisdn=BELA), held())
    header, bela, anna = subscriptions.read_text(encoding="utf-8").splitlines()
    subscriptions.write_text("\n".join((header, bela, spoilt(anna), "")), encoding="utf-8")
    cdrs = write_cdrs(tmp_path, cdr(1), cdr(2, msisdn="13900000009"))
    told = figures(audit_cdr(tmp_path, cdrs, subscriptions, "--json"))
    assert told["rejected_by_cause"] == {cause: 1}
    assert [row["msisdn"] for row in findings(tmp_path)] == ["13900000009"]


@pytest.mark.parametrize(
    ("withdrawn_at", "cause", "after"),
    [("soon", {"impossible time": 1}, 0), ("2099-12-31 00:00:00", {}, 0), ("0000-00-00", {}, 0), ("20060815", {}, 1)],
)
def test_one_odd_time_among_many_plain_ones_is_read_as_if_it_were_alone(
    tmp_path: Path, withdrawn_at: str, cause: dict[str, int], after: int
) -> None:
    others = [held(msisdn=f"1390000{number:04}", withdrawn_at="2006-08-02 10:00:00") for number in range(20)]
    exports = write_cdrs(tmp_path, cdr(1)), write_subscriptions(tmp_path, *others, held(withdrawn_at=withdrawn_at))
    told = figures(audit_cdr(tmp_path, *exports, "--json"))
    assert (told["rejected_by_cause"], told["by_breach"]["after_withdrawal"]) == (cause, after)


def parquet(folder: Path, query: str) -> Path:
    path = folder / "cdr.parquet"
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


TYPED = (
    "SELECT 1 AS cdr_id, 13900000001 AS msisdn, 900001.0::DOUBLE AS provider_code, 'XW' AS service_code,"
    " TIMESTAMPTZ '2006-09-01 00:00:00+08' AS charged_at, {fee} AS fee_fen, 'monthly' AS kind, NULL AS proof_id"
)


def test_parquet_is_read_whatever_types_its_columns_have(tmp_path: Path) -> None:
    path = parquet(tmp_path, TYPED.format(fee="3001.0::DOUBLE"))
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rejected"], told["by_breach"]["over_tariff"]) == (0, 1)


def test_bad_rows_of_parquet_have_their_numbers(tmp_path: Path) -> None:
    path = parquet(tmp_path, f"{TYPED.format(fee='3000')} UNION ALL {TYPED.format(fee='-1')}")
    audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert rejects(tmp_path) == [("2", "negative fee")]


@pytest.mark.parametrize("damage", [lambda b: b[:-30], lambda b: b[:20] + bytes(60) + b[80:], lambda b: b[:8]])
def test_damaged_parquet_is_told_and_nothing_is_written(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = parquet(tmp_path, TYPED.format(fee="3000"))
    path.write_bytes(damage(path.read_bytes()))
    result = audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert (result.exit_code, "cut off or damaged" in result.output) == (2, True)
    assert not (tmp_path / "out" / "findings.csv").exists()


def test_a_workbook_is_read_with_its_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "cdr.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CHINESE)
        sheet.write_row(1, 0, [1, int(ANNA), 900001, "XW", "2006-09-01 00:00:00", 3001, "包月", ""])
        sheet.write_row(2, 0, [2, int(ANNA), 900001, "XW", "2006-09-01 00:00:00", "much", "包月", ""])
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["by_breach"]["over_tariff"], rejects(tmp_path)) == (1, [("3", "impossible fee")])


def test_a_workbook_whose_table_goes_on_in_the_next_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cdr.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("一月", "说明", "二月"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("本表由计费系统导出",) if name == "说明" else CDR_COLUMNS)
    result = audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert (result.exit_code, "goes on in the sheet “二月”" in result.output) == (2, True)


def test_an_export_without_times_of_withdrawal_is_named(tmp_path: Path) -> None:
    columns = [column for column in held() if column != "withdrawn_at"]
    path = write(tmp_path / "held.csv", columns, [held(withdrawn_at="2006-08-02 10:00:00")])
    cdrs = write_cdrs(tmp_path, cdr(1))
    assert figures(audit_cdr(tmp_path, cdrs, path, "--json"))["without_withdrawals"] == [str(path)]
    assert "held.csv has no column 退订时间" in audit_cdr(tmp_path, cdrs, path).output.replace("\n", "")
    assert (
        figures(audit_cdr(tmp_path, cdrs, write_subscriptions(tmp_path, held()), "--json"))["without_withdrawals"] == []
    )


def test_an_empty_cell_is_told_as_empty(tmp_path: Path) -> None:
    result = audit_cdr(tmp_path, write_cdrs(tmp_path, cdr(1, fee_fen="")), write_subscriptions(tmp_path, held()))
    assert "column fee_fen: found nothing" in result.output


def test_fees_in_yuan_are_read_where_the_header_says_so(tmp_path: Path) -> None:
    headers = ("cdr_id", "msisdn", "provider_code", "service_code", "charged_at", "费用(元)", "kind", "proof_id")
    path = write(tmp_path / "cdr.csv", CDR_COLUMNS, [cdr(1, fee_fen="30.50"), cdr(2, fee_fen="0.001")], headers)
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["fee_fen_at_risk"], told["rejected_by_cause"]) == (50, {"impossible fee": 1})


def test_a_column_that_resembles_one_that_is_there_is_another_column(tmp_path: Path) -> None:
    headers = (*CDR_COLUMNS, "provider_name", "service_type", "扣费时间段")
    columns = (*CDR_COLUMNS, *headers[len(CDR_COLUMNS) :])
    row = cdr(1, fee_fen=9000) | dict.fromkeys(headers[len(CDR_COLUMNS) :], "x")
    path = write(tmp_path / "cdr.csv", columns, [row], headers)
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert told["by_breach"]["over_tariff"] == 1


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "cdr.csv", CDR_COLUMNS[:5], [cdr(1)])
    result = audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert result.exit_code == 2
    assert all(name in result.output for name in ("fee_fen", "kind", "proof_id"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"\n \r\n", "is empty"),
        (bytes(range(256)) * 9, "is not a text file"),
        (b"\x1f\x8b\x08\x00", "is compressed"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "cdr.csv"
    path.write_bytes(content)
    result = audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()))
    assert (result.exit_code, said in result.output) == (2, True)


def test_names_the_engine_would_take_for_patterns_are_just_names(tmp_path: Path) -> None:
    path = write_cdrs(tmp_path, cdr(1, fee_fen=9000), name="it's [a] *.csv")
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert told["by_breach"]["over_tariff"] == 1


def test_what_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path) -> None:
    exports = (
        write_cdrs(tmp_path, cdr("=1+1", fee_fen=9000), cdr(2, kind="=cmd()")),
        write_subscriptions(tmp_path, held()),
    )
    audit_cdr(tmp_path, *exports)
    assert [row["cdr_id"] for row in findings(tmp_path)] == ["'=1+1"]
    assert "'=cmd()" in (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8")


def test_memory_is_written_as_an_amount() -> None:
    with speaking("en"), pytest.raises(DialtestError, match="no amount of memory"), open_workspace("lots"):
        pass


PLAIN = TYPED.replace("1 AS cdr_id", "'1' AS cdr_id").replace("13900000001 AS", "'13900000001' AS").replace(
    "900001.0::DOUBLE", "'900001'"
).replace("TIMESTAMPTZ '2006-09-01 00:00:00+08'", "TIMESTAMP '2006-09-01'").replace("NULL AS", "'' AS")  # fmt: skip


@pytest.mark.parametrize(
    ("change", "to", "expected"),
    [
        ("'XW'", "'XW'", {}),
        ("'XW'", "' XW '", {}),
        ("'13900000001'", "'8613900000001'", {}),
        ("'monthly'", "'包月'", {}),
        ("TIMESTAMP '2006-09-01'", "'20060901000000'", {}),
        ("'monthly'", "'weekly'", {"unknown kind": 1}),
        ("TIMESTAMP '2006-09-01'", "TIMESTAMP '1906-09-01'", {"impossible time": 1}),
        ("'900001'", "NULL::VARCHAR", {"impossible code": 1}),
    ],
)
def test_parquet_that_is_plain_and_parquet_that_is_not_give_the_same(
    tmp_path: Path, change: str, to: str, expected: dict[str, int]
) -> None:
    assert change in PLAIN
    path = parquet(tmp_path, PLAIN.replace(change, to).format(fee="3001"))
    told = figures(audit_cdr(tmp_path, path, write_subscriptions(tmp_path, held()), "--json"))
    assert (told["rejected_by_cause"], told["by_breach"]["over_tariff"]) == (expected, int(not expected))


@pytest.mark.parametrize(
    "second", [held(msisdn=BELA), held("yesterday", msisdn=BELA), held(updated_at="2006-07-10 12:01:00")]
)
def test_subscriptions_in_parquet_are_audited_like_those_in_csv(tmp_path: Path, second: dict[str, object]) -> None:
    rows = write_subscriptions(tmp_path, held(), second)
    same = tmp_path / "subscriptions.parquet"
    read = f"read_csv('{rows}', types={{'msisdn': 'VARCHAR', 'provider_code': 'VARCHAR'}})"
    duckdb.sql(f"COPY (FROM {read}) TO '{same}' (FORMAT parquet)")
    cdrs = write_cdrs(tmp_path, cdr(1), cdr(2, msisdn=BELA), cdr(3, "2006-07-31 00:00:00"))
    found = [figures(audit_cdr(tmp_path, cdrs, export, "--json")) for export in (rows, same)]
    told = [(figure["by_breach"], figure["rejected_by_cause"]) for figure in found]
    assert told[0] == told[1]
