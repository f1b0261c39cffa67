"""`dialtest surge init` and `forecast` as a planner uses them."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli


def surge(*words: object) -> Result:
    return CliRunner().invoke(cli, ["surge", *map(str, words)])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    assert 0 == surge("init", path).exit_code
    return path


def test_a_new_plan_is_forecast_by_quarter_hour_of_a_day(plan: Path) -> None:
    plan.write_text(
        plan.read_text(encoding="utf-8").replace('ends = "2006-08-21T', 'ends = "2006-08-22T'), encoding="utf-8"
    )
    shown = surge("forecast", plan, "--day", "2006-08-22").output
    assert "2006-08-22 09:15" in shown
    assert "2006-08-21 09:15" not in shown


def test_json_holds_a_figure_for_each_minute_and_brand_and_their_totals(plan: Path) -> None:
    found = json.loads(surge("forecast", plan, "--json").output)
    mzone = found["brands"]["mzone"]
    assert [14 * 60] * 3 == [len(mzone[key]) for key in ("callers", "by_sms", "by_web")]
    assert sum(mzone["callers"]) == pytest.approx(mzone["total"]["callers"], rel=1e-4)
    assert "2006-08-21T11:46:00+08:00" == mzone["total"]["peak_minute"]
    assert found["total"]["callers"] == pytest.approx(
        sum(one["total"]["callers"] for one in found["brands"].values())
    )  # fmt: skip


def test_the_csv_file_has_a_line_for_each_minute_and_brand(plan: Path, tmp_path: Path) -> None:
    surge("forecast", plan, "--csv", tmp_path / "forecast.csv")
    with (tmp_path / "forecast.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert 14 * 60 * 2 == len(rows)
    assert {"minute", "brand", "callers", "by_sms", "by_web"} == set(rows[0])


def test_batches_without_a_start_are_named_and_bring_no_calls(plan: Path) -> None:
    found = json.loads(surge("forecast", plan, "--json").output)
    assert ([3], [1, 2]) == (found["unplanned_batches"], [batch["number"] for batch in found["batches"]])


def test_a_plan_in_which_nothing_is_sent_is_refused_with_the_way_out(plan: Path) -> None:
    lines = plan.read_text(encoding="utf-8").splitlines()
    plan.write_text("\n".join(line for line in lines if not line.startswith("start =")), encoding="utf-8")
    result = surge("forecast", plan)
    assert isinstance(result.exception, Exception)
    assert "dialtest surge schedule" in str(result.exception)


@pytest.mark.parametrize("day", ["yesterday", "2007-01-01"])
def test_a_day_that_is_none_or_not_the_plans_is_refused(plan: Path, day: str) -> None:
    assert day in str(surge("forecast", plan, "--day", day).exception)


def test_a_file_that_cannot_be_written_is_told(plan: Path, tmp_path: Path) -> None:
    assert "nowhere" in str(surge("forecast", plan, "--csv", tmp_path / "nowhere" / "f.csv").exception)
