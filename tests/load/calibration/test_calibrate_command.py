"""`dialtest surge calibrate` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import DialtestError
from load.law import Empirical, Exponential
from load.plan.reading import parse_plan
from tests.load.calibration.recorded import (
    CALL_COLUMNS,
    Behaviour,
    Spoken,
    answered_or_not,
    over_days,
    write_bank,
    write_calls,
)
from tests.load.calibration.test_call_back import BATCHES, surge

PLAN = """
[[batch]]
number = 1
brand = "mzone"
size = 3000
start = "2006-08-22T10:00:00+08:00"
messages_per_s = 5

[[batch]]
number = 2
brand = "mzone"
size = 2000
start = "2006-08-23T14:00:00+08:00"

[callback]
share = 0.1

[agents]
mzone = 10
"""
WITHOUT_CALL_BACK = PLAN.replace("[callback]\nshare = 0.1\n", "")
BATCH_TABLE = """批次,品牌,用户数,开始时间,每秒条数
1,动感地带,3000,2006-08-22 10:00:00,5
2,动感地带,2000,2006-08-23 14:00:00,0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with calls.csv, of two batches among ordinary calls, and plan.toml."""
    monkeypatch.chdir(tmp_path)
    write_calls(tmp_path / "calls.csv", surge(BATCHES, 0.4, Exponential(2_400), ordinary=1_500, days=4))
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "batches.csv").write_text(BATCH_TABLE, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["surge", "calibrate", *words])


def test_json_has_every_law_with_interval_and_records(folder: Path) -> None:
    told = run("calls.csv", "--plan", "plan.toml", "--json")
    assert (0, "") == (told.exit_code, told.stderr)
    found = json.loads(told.stdout)
    (mzone,) = found["call_back"]
    assert mzone["share"]["low"] < 0.4 < mzone["share"]["high"]
    assert mzone["delay_mean_s"]["low"] < 2_400 < mzone["delay_mean_s"]["high"]
    assert found["handle"]["mean_s"]["low"] < 180 < found["handle"]["mean_s"]["high"]
    assert {"value", "low", "high", "records"} == set(found["redial"]["share"])
    assert 96 == len(found["traffic"]["per_quarter_hour"])
    assert found["calls"] == found["rows"] == found["traffic"]["by_brand"]["all"]["attempts"]
    assert (0, {}, None) == (found["rejected"], found["rejected_by_cause"], found["rejects_file"])
    assert not (folder / "calibrate").exists()


def test_the_printed_tables_are_read_as_a_plan(folder: Path) -> None:
    told = run("calls.csv", "--batches", "batches.csv", "--toml")
    assert 0 == told.exit_code
    plan = parse_plan(told.stdout + WITHOUT_CALL_BACK, "pasted")
    pasted = plan.batches[0]
    assert 0.37 < pasted.callback.share < 0.43
    assert isinstance(pasted.callback.delay, Exponential)
    assert 2_200 < pasted.callback.delay.mean_s < 2_600
    assert 170 < plan.call.handle.mean_s < 190
    assert 0.3 < plan.call.redial.share < 0.5


def test_a_background_of_every_hour_is_printed_too(tmp_path: Path) -> None:
    generator = np.random.default_rng(4)
    day = np.sort(generator.random(4_000) * 4 * 86_400)
    calls = answered_or_not([float(one) for one in day], Behaviour(redial_share=0), generator)
    write_calls(tmp_path / "calls.csv", calls, [name for name in CALL_COLUMNS if name != "batch"])
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    told = run(str(tmp_path / "calls.csv"), "--plan", str(tmp_path / "plan.toml"), "--toml")
    plan = parse_plan(told.stdout + WITHOUT_CALL_BACK, "pasted")
    assert 38 < sum(plan.background_per_h["mzone"]) / 24 < 45


def test_what_was_seen_stands_in_for_a_redial_law_that_does_not_hold(tmp_path: Path) -> None:
    generator = np.random.default_rng(4)
    how = Behaviour(queued=1.0, redial_delay=Exponential(7_200), redial_share=0.9)
    write_bank(tmp_path / "calls.csv", answered_or_not(over_days(2_000, 4, generator), how, generator))
    told = run(str(tmp_path / "calls.csv"), "--toml", "--redial-within-s", "1800")
    plan = parse_plan(told.stdout + PLAN, "pasted")
    assert isinstance(plan.call.redial.delay, Empirical)


def test_nothing_is_said_of_patience_where_nobody_gave_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALTEST_LANG", "en")
    path = write_bank(tmp_path / "calls.csv", [Spoken(9 * 3600 + n, n + 1, 20, "answered", 60 + n) for n in range(40)])
    told = run(str(path))
    assert 0 == told.exit_code
    assert "Nothing can be said of patience: nobody who queued gave up." in told.stdout
    assert "Nothing can be said of redials" in told.stdout
    assert "# patience: no wait ended in giving up" in run(str(path), "--toml").stdout
    chart = run(str(path), "--chart", str(tmp_path / "patience.png"))
    assert isinstance(chart.exception, DialtestError)
    assert not (tmp_path / "patience.png").exists()


def test_people_are_told_value_interval_and_records_in_their_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("DIALTEST_LANG", "zh")
    chinese = run("calls.csv", "--plan", "plan.toml")
    assert (0, "") == (chinese.exit_code, chinese.stderr)
    for words in ("动感地带:回拨比例", "通话时长:均值", "耐心:超过60秒", "95%区间", "话单"):
        assert words in chinese.stdout
    monkeypatch.setenv("DIALTEST_LANG", "en")
    english = run("calls.csv", "--plan", "plan.toml").stdout
    assert "patience: longer than 60 s" in english
    assert not [line for line in english.splitlines() if any("\u4e00" <= letter <= "\u9fff" for letter in line)]


def test_rows_left_out_are_told_and_written_and_the_rest_is_used(folder: Path) -> None:
    content = (folder / "calls.csv").read_text(encoding="utf-8")
    bad = "99999,13800000001,mzone,2006-08-21 09:00:00,answered,-5,60,0\n"
    (folder / "calls.csv").write_text(content + bad, encoding="utf-8")
    told = run("calls.csv", "--json")
    found = json.loads(told.stdout)
    assert (0, {"negative time": 1}) == (told.exit_code, found["rejected_by_cause"])
    rejects = (folder / "calibrate" / "rejects.csv").read_text(encoding="utf-8").splitlines()
    assert 2 == len(rejects)
    assert f"calls.csv,{found['rows'] + 1},negative time" in rejects[1]
    assert "rejects.csv" in told.stderr


def test_the_curve_is_drawn(folder: Path) -> None:
    assert 0 == run("calls.csv", "--chart", "patience.png").exit_code
    assert b"\x89PNG" == (folder / "patience.png").read_bytes()[:4]


@pytest.mark.parametrize(
    "words",
    [
        ("calls.csv", "--toml", "--json"),
        ("calls.csv", "--plan", "plan.toml", "--batches", "batches.csv"),
        ("calls.csv", "--chart", "calls.csv"),
        ("calls.csv", "--plan", "calls.csv"),
        ("calls.csv", "--batches", "plan.toml"),
        ("calls.csv", "--redial-within-s", "0"),
        ("calls.csv", "--chart", "no/such/folder/chart.png"),
        ("none.csv",),
        (".",),
    ],
)
def test_wrong_use_is_told_and_nothing_is_overwritten(folder: Path, words: tuple[str, ...]) -> None:
    before = (folder / "calls.csv").read_bytes()
    told = run(*words)
    assert "" == told.stdout
    assert isinstance(told.exception, DialtestError) or 2 == told.exit_code
    assert before == (folder / "calls.csv").read_bytes()
