"""`dialtest surge verify` puts the very calls it simulates on a hotline of the sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import DialtestError
from tests.load.plan_builder import TEXT


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["surge", "verify", *map(str, arguments)])


def plan_file(tmp_path: Path, size: int = 1000, more: str = "") -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(TEXT.format(size=size, agents=60, delay_s=600, call="", more=more), encoding="utf-8")
    return path


def test_the_three_answers_stand_side_by_side(tmp_path: Path) -> None:
    told = json.loads(
        call(plan_file(tmp_path), "--until", "2006-08-21T10:15", "--speed", 120, "--replications", 20, "--json").output
    )
    rows = {row["figure"]: row for row in told["rows"]}
    rate = rows["connection_rate_by_attempts"]
    assert told["load"]["due"] == told["load"]["placed"] > 200
    assert {True} == {row["theory_agrees"] for row in told["rows"]} - {None}
    assert 0.6 < rate["theory"] < 0.95
    assert rate["measured"] == pytest.approx(rate["same_calls"], abs=0.05)
    assert rows["mean_wait_s"]["measured"] == pytest.approx(rows["mean_wait_s"]["same_calls"], rel=0.3, abs=2)


def test_without_load_theory_and_simulation_are_held_against_each_other(tmp_path: Path) -> None:
    result = call(plan_file(tmp_path), "--without-load", "--replications", 30)
    assert 0 == result.exit_code
    assert "一致" in result.output


def test_a_load_that_would_take_too_long_is_refused_with_what_to_do(tmp_path: Path) -> None:
    error = call(plan_file(tmp_path), "--speed", 0.5).exception
    assert isinstance(error, DialtestError)
    assert "--speed" in error.remedy


def test_an_empty_stretch_of_time_is_refused(tmp_path: Path) -> None:
    error = call(plan_file(tmp_path), "--from", "2006-08-21T11:00", "--until", "2006-08-21T10:00").exception
    assert isinstance(error, DialtestError)
