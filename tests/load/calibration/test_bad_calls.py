"""Call records with anything wrong in them: every bad row is counted by cause, and the rest is used."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from load.calibration.as_object import as_object
from load.calibration.calibration import calibrate
from load.calibration.call_file import ReadCalls
from load.calibration.plan_tables import plan_tables
from load.law import Exponential
from tests.load.calibration.reading import read
from tests.load.calibration.recorded import (
    BANK_COLUMNS,
    CALL_COLUMNS,
    Row,
    Spoken,
    bank_rows,
    call_rows,
    table,
    write_bank,
)

NINE = 9 * 3600.0
SERVED = Spoken(NINE, 1, 30, "answered", 120)
GAVE_UP = Spoken(NINE + 60, 2, 45, "abandoned")


def bank_file(path: Path, *changes: Mapping[str, object]) -> Path:
    """One good call, and one with each of these changes."""
    calls = [SERVED] * (1 + len(changes))
    rows: list[Row] = [dict(row) for row in bank_rows(calls)]
    for row, change in zip(rows[1:], changes, strict=True):
        row.update(change)
    path.write_text(table(rows, BANK_COLUMNS), encoding="utf-8")
    return path


def call_file(path: Path, *changes: Mapping[str, object], columns: tuple[str, ...] = CALL_COLUMNS) -> Path:
    rows: list[Row] = [dict(row) for row in call_rows([SERVED] * (1 + len(changes)))]
    for row, change in zip(rows[1:], changes, strict=True):
        row.update(change)
    path.write_text(table(rows, columns), encoding="utf-8")
    return path


BANK_FAULTS: tuple[tuple[Row, str], ...] = (
    ({"outcome": "PHANTOM"}, "phantom call"),
    ({"outcome": "VANISHED"}, "unknown outcome"),
    ({"vru_exit": "8:59:00", "vru_time": -60}, "negative time"),
    ({"q_time": -5}, "negative time"),
    ({"ser_exit": "9:00:20"}, "clock jump"),
    ({"ser_time": 90_000}, "clock jump"),
    ({"ser_start": "9:00:40", "ser_exit": "8:00:40", "ser_time": 82_800}, "absurd length"),
    ({"q_exit": "0:00:00", "q_time": 0}, "unfinished call"),
    ({"date": "990231"}, "impossible time"),
    ({"vru_entry": "25:00:00"}, "impossible time of day"),
    ({"ser_time": "long"}, "impossible length"),
    ({"call_id": 1}, "duplicate id"),
)

CALL_FAULTS: tuple[tuple[Row, str], ...] = (
    ({"outcome": "waiting", "handled_s": ""}, "unfinished call"),
    ({"handled_s": ""}, "unfinished call"),
    ({"outcome": "abandoned", "wait_s": ""}, "unfinished call"),
    ({"outcome": ""}, "unknown outcome"),
    ({"wait_s": "-3"}, "negative time"),
    ({"handled_s": "nan"}, "impossible length"),
    ({"handled_s": "1e9"}, "impossible length"),
    ({"wait_s": 50_000}, "absurd length"),
    ({"asked_at": "yesterday"}, "impossible time"),
    ({"asked_at": ""}, "no time of the call"),
    ({"batch": "seven"}, "impossible batch"),
    ({"call": 1}, "duplicate id"),
)


def causes_by_row(found: ReadCalls) -> dict[int | None, str]:
    return {problem.row: problem.cause for problem in found.problems}


def test_every_bad_call_of_the_bank_is_rejected_by_its_row_and_cause(tmp_path: Path) -> None:
    found = read(bank_file(tmp_path / "calls.csv", *[change for change, _ in BANK_FAULTS], {}))
    assert {row: cause for row, (_, cause) in enumerate(BANK_FAULTS, 3)} == causes_by_row(found)
    assert (2, len(BANK_FAULTS) + 2) == (len(found.records), found.rows)


def test_every_bad_call_of_our_own_form_is_rejected_by_its_row_and_cause(tmp_path: Path) -> None:
    found = read(call_file(tmp_path / "calls.csv", *[change for change, _ in CALL_FAULTS], {}))
    assert {row: cause for row, (_, cause) in enumerate(CALL_FAULTS, 3)} == causes_by_row(found)
    assert (2, len(CALL_FAULTS) + 2) == (len(found.records), found.rows)


def test_times_that_contradict_the_wait_are_a_clock_jump(tmp_path: Path) -> None:
    columns = (*CALL_COLUMNS, "answered_at", "ended_at")
    right = {"answered_at": "2006-08-21 09:00:30", "ended_at": "2006-08-21 09:02:30"}
    jumped = {"answered_at": "2006-08-21 09:10:30", "ended_at": "2006-08-21 09:12:30"}
    before = {"answered_at": "2006-08-21 08:59:30", "ended_at": "2006-08-21 09:02:30"}
    found = read(call_file(tmp_path / "calls.csv", right, jumped, before, columns=columns))
    assert {"clock jump": 1, "negative time": 1} == dict(found.problems.causes)


def test_a_call_over_midnight_is_no_clock_jump(tmp_path: Path) -> None:
    late = Spoken(86_400 - 20, 1, 30, "answered", 120)
    found = read(write_bank(tmp_path / "calls.csv", [late]))
    assert ([30], [120]) == (found.records.wait_s.tolist(), found.records.handled_s.tolist())
    assert [40] == (found.records.left_s - found.records.at_s).tolist()


def test_an_agent_that_is_none_says_nothing_of_the_handle_time(tmp_path: Path) -> None:
    rows = [
        {**row, "server": server} for row, server in zip(bank_rows([SERVED] * 2), ("DORIT", "NO_SERVER"), strict=True)
    ]
    path = tmp_path / "calls.csv"
    path.write_text(table(rows, (*BANK_COLUMNS, "server")), encoding="utf-8")
    found = calibrate(read(path))
    assert (1, 1) == (found.handle.mean.records, found.handle.without)


def test_what_malformed_rows_hold_is_counted_beside_the_others(tmp_path: Path) -> None:
    path = call_file(tmp_path / "calls.csv", {"wait_s": "-1"})
    content = path.read_bytes() + b"too,short\n" + b"\xff\xfe\xff,1,2,3,4,5,6,7\n" + b'"open,1,2,3,4,5,6,7\n'
    path.write_bytes(content)
    found = read(path)
    expected = {"negative time": 1, "too few columns": 1, "undecodable text": 1, "broken quotation": 1}
    assert expected == dict(found.problems.causes)
    assert (5, 1) == (found.rows, len(found.records))
    assert content == path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"PK\x03\x04 no workbook",
        b"PAR1 no parquet",
        b"name,colour\nanna,red\n",
        b"asked_at,outcome\n",
        b"asked_at,outcome\nnever,well\n",
        b"\x1f\x8b",
        b"\x1f\x8b\x08\x00garbage",
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "picture",
        "workbook",
        "parquet",
        "columns",
        "rows",
        "bad rows",
        "gzip",
        "garbage",
    ],
)
def test_a_file_that_holds_no_calls_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    with pytest.raises(DialtestError) as told:
        read(path)
    assert "calls.csv" in told.value.problem
    assert "dialtest-audit" not in str(told.value)
    assert told.value.remedy


def test_a_gzip_that_is_cut_off_is_refused_whole(tmp_path: Path) -> None:
    whole = gzip.compress(call_file(tmp_path / "whole.csv", *[{"call": n} for n in range(2, 400)]).read_bytes())
    path = tmp_path / "calls.csv.gz"
    path.write_bytes(whole)
    assert 399 == len(read(path).records)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DialtestError) as told:
        read(path)
    assert "calls.csv.gz" in told.value.problem


def test_a_fault_inside_a_gzip_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv.gz"
    path.write_bytes(gzip.compress(call_file(tmp_path / "plain.csv", {"wait_s": -1}).read_bytes()))
    assert [str(path)] == [problem.file for problem in read(path).problems.first]


def test_only_a_hundred_problems_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    found = read(call_file(tmp_path / "calls.csv", *[{"call": n, "wait_s": -1} for n in range(2, 302)]))
    assert (100, 300) == (len(found.problems.first), found.problems.total)


def test_chinese_headers_and_words_are_read(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    text = (
        "流水号,主叫号码,品牌,呼入时间,接通时间,挂机时间,结果\n"
        "1,8613900000001,动感地带,2006-08-21 09:00:00,2006-08-21 09:00:30,2006-08-21 09:02:30,接通\n"
        "2,13900000002,神州行,20060821090100,,20060821090145,放弃\n"
        "3,13900000003,神州行,2006-08-21T09:02:00+08:00,,,忙\n"
    )
    path.write_text(text, encoding="gb18030")
    records = read(path).records
    assert ("easyown", "mzone") == records.brands
    assert ([30.0, 45.0, 0.0], [0, 1, 3]) == (records.wait_s.tolist(), records.outcome.tolist())
    assert 120 == records.handled_s[0]
    assert [9, 9, 9] == [records.moment(at_s).hour for at_s in records.at_s]


def test_a_missing_column_is_told_with_the_document_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("主叫号码,结果\n13800000001,接通\n", encoding="utf-8")
    with pytest.raises(DialtestError) as told:
        read(path)
    assert "呼入时间" in str(told.value)
    assert "docs/surge-calibration.md" in str(told.value)


def test_records_without_lengths_still_tell_who_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    lines = [f"2006-08-21 09:00:{second:02},{'接通' if second % 4 else '放弃'}" for second in range(40)]
    path.write_text("\n".join(("呼入时间,结果", *lines)), encoding="utf-8")
    found = calibrate(read(path))
    assert (40, 0) == (len(found.read.records), found.read.problems.total)
    assert (None, None, 40) == (found.handle.law, found.patience.law, found.patience.unknown)
    assert 0.75 == found.traffic.by_brand[""].by_attempts.value


def test_records_with_the_end_of_calls_alone_tell_who_gave_up_when(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    text = "呼入时间,挂机时间,结果\n20060821090000,20060821090500,接通\n20060821090100,20060821090145,放弃\n"
    path.write_text(text, encoding="utf-8")
    found = calibrate(read(path))
    assert ([True, False], 45) == (np.isnan(found.read.records.wait_s).tolist(), found.read.records.wait_s[1])
    assert (1, None) == (found.handle.without, found.handle.law)


def test_a_caller_called_0_is_nobody(tmp_path: Path) -> None:
    rows = [{**row, "customer_id": caller} for row, caller in zip(bank_rows([GAVE_UP] * 3), (0, 0, 7), strict=True)]
    path = tmp_path / "calls.csv"
    path.write_text(table(rows, BANK_COLUMNS), encoding="utf-8")
    found = calibrate(read(path))
    assert 2 == found.redials.nobody
    assert 1 == found.traffic.by_brand[""].tally.callers


def test_a_carriage_return_inside_a_row_costs_that_row_alone(tmp_path: Path) -> None:
    path = call_file(tmp_path / "calls.csv", {"call": 2}, {"call": 3})
    path.write_bytes(path.read_bytes().replace(b"\n2,138", b"\n2,\r138"))
    found = read(path)
    assert {"control characters": 1} == dict(found.problems.causes)
    assert 2 == len(found.records)


@pytest.mark.parametrize("calls", [[SERVED], [GAVE_UP], [SERVED, GAVE_UP], [Spoken(NINE, 1, 0, "answered", 0)]])
def test_hardly_any_data_says_nothing_but_does_not_fail(tmp_path: Path, calls: list[Spoken]) -> None:
    found = calibrate(read(write_bank(tmp_path / "calls.csv", calls)))
    gave_up = any(call.outcome == "abandoned" for call in calls)
    assert gave_up == (found.patience.law is not None)
    assert any(call.handled_s for call in calls) == (found.handle.law is not None)
    assert all(isinstance(law, Exponential | None) for law in (found.handle.law, found.patience.law))
    assert json.dumps(as_object(found), allow_nan=False)
    assert plan_tables(found)
    assert () == found.call_back


CELLS = st.one_of(
    st.sampled_from(["", "0", "-1", "answered", "9:00:00", "990201", "2006-08-21 09:00:00", "NaN", "1e308", "x" * 90]),
    st.text(max_size=20),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from(CALL_COLUMNS), CELLS, min_size=1), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_every_row_is_used_or_rejected(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    found = read(call_file(tmp_path / "calls.csv", *[{**row, "call": n} for n, row in enumerate(rows, 2)]))
    assert found.rows == len(found.records) + found.problems.total
    calibrate(found)


AT = "2006-08-21T09:0{}:00+08:00"
HOTLINE_CALLS = [
    {"call": 1, "msisdn": "13800000001", "brand": "mzone", "outcome": "answered", "began_at": AT.format(0),
     "asked_at": AT.format(1), "left_at": AT.format(2), "ended_at": AT.format(5), "called_back_at": None},
    {"call": 2, "msisdn": "13800000002", "brand": "mzone", "outcome": "abandoned", "began_at": AT.format(0),
     "asked_at": AT.format(1), "left_at": AT.format(4), "ended_at": AT.format(4), "called_back_at": AT.format(9)},
    {"call": 3, "msisdn": "13800000003", "brand": "mzone", "outcome": "busy", "began_at": AT.format(3),
     "asked_at": None, "left_at": None, "ended_at": AT.format(3), "called_back_at": None},
    {"call": 4, "msisdn": "13800000004", "brand": "mzone", "outcome": "left_menu", "began_at": AT.format(3),
     "asked_at": None, "left_at": None, "ended_at": AT.format(4), "called_back_at": None},
    {"call": 5, "msisdn": "13800000005", "brand": "mzone", "outcome": "waiting", "began_at": AT.format(3),
     "asked_at": AT.format(3), "left_at": None, "ended_at": None, "called_back_at": None},
]  # fmt: skip


@pytest.mark.parametrize("form", ["page", "list", "page a line", "call a line"])
def test_what_a_hotline_answers_to_get_calls_is_read_as_it_comes(tmp_path: Path, form: str) -> None:
    pages = [{"calls": calls, "dropped": 0, "last": 5} for calls in (HOTLINE_CALLS[:2], HOTLINE_CALLS[2:])]
    texts = {
        "page": json.dumps({"calls": HOTLINE_CALLS}, indent=1),
        "list": json.dumps(HOTLINE_CALLS),
        "page a line": "\n".join(map(json.dumps, pages)),
        "call a line": "\n".join(map(json.dumps, HOTLINE_CALLS)),
    }
    path = tmp_path / "calls.json"
    path.write_text(texts[form], encoding="utf-8")
    found = read(path)
    assert {"no agent asked for": 1, "unfinished call": 1} == dict(found.problems.causes)
    assert [60, 180, 0] == found.records.wait_s.tolist()
    assert [0, 1, 3] == found.records.outcome.tolist()
    assert 180 == found.records.handled_s[0]


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"calls": [7]}', '{"calls": 7}', "[" * 5_000, '{"detail": "no"}'])
def test_json_that_holds_no_calls_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calls.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DialtestError) as told:
        read(path)
    assert "calls.json" in told.value.problem
