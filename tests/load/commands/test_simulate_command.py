"""`dialtest surge simulate` as a planner uses it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import DialtestError

PLAN = """
[[batch]]
number = 1
brand = "mzone"
size = 2000
start = "2006-08-21T10:00:00+08:00"
[callback]
share = 0.4
delay = {{ law = "exponential", mean_s = 1200 }}
[call]
handle = {{ law = "exponential", mean_s = 180 }}
patience = {{ law = "exponential", mean_s = 120 }}
redial = {{ share = 0.3, delay = {{ law = "exponential", mean_s = 600 }} }}
[agents]
mzone = {agents}
"""


def simulate(*words: object) -> Result:
    return CliRunner().invoke(cli, ["surge", "simulate", *map(str, words)])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN.format(agents=60), encoding="utf-8")
    return path


def test_json_holds_the_rates_of_each_brand_with_their_intervals(plan: Path) -> None:
    found = json.loads(simulate(plan, "--replications", 20, "--seed", 5, "--json").output)
    mzone = found["brands"]["mzone"]
    assert (20, 5) == (found["replications"], found["seed"])
    assert found["calls_per_second"] > 0
    assert mzone["attempts"] == pytest.approx(mzone["answered"] + mzone["abandoned"])
    for name in ("connection_rate_by_attempts", "connection_rate_by_callers"):
        assert 0 < mzone[name]["low"] < mzone[name]["mean"] < mzone[name]["high"] < 1
    counts = ("callers", "diverted", "recorded", "called_back")
    assert [True, True, True, True] == [isinstance(mzone[name], float) for name in counts]
    assert mzone["mean_wait_s"] > 0


def test_words_say_whether_the_standard_is_held(plan: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.toml"
    few.write_text(PLAN.format(agents=5), encoding="utf-8")
    assert "达到标准80.0 %" in simulate(plan, "--replications", 10).output
    assert "未达到标准80.0 %" in simulate(few, "--replications", 10).output


def test_two_plans_are_compared_with_the_same_callers(plan: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    more.write_text(PLAN.format(agents=70), encoding="utf-8")
    words = plan, "--replications", 10, "--compare", more
    difference = json.loads(simulate(*words, "--json").output)["compared"]["difference"]["mzone"]
    assert difference["connection_rate_by_attempts"]["low"] > 0
    assert difference["mean_wait_s"]["high"] < 0
    assert "“more”减“plan”" in simulate(*words).output


def test_bad_input_is_told_without_a_traceback(plan: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_text(PLAN.format(agents=5).replace("size = 2000", "size = 100000000"), encoding="utf-8")
    unplanned = tmp_path / "unplanned.toml"
    text = PLAN.format(agents=5).replace('start = "2006-08-21T10:00:00+08:00"', "")
    unplanned.write_text(text, encoding="utf-8")
    for path in (tmp_path / "none.toml", huge, unplanned):
        assert isinstance(simulate(path).exception, DialtestError)
    for words in (("--replications", 0), ("--seed", -1), ("--jobs", 1000)):
        assert 2 == simulate(plan, *words).exit_code


def test_a_chart_is_drawn_in_chinese_without_an_empty_box(plan: Path, tmp_path: Path) -> None:
    chart = tmp_path / "chart.png"
    result = simulate(plan, "--replications", 3, "--chart", chart)
    assert 0 == result.exit_code, result.exception
    assert b"\x89PNG" == chart.read_bytes()[:4]
    assert chart.stat().st_size > 20_000
    assert isinstance(
        simulate(plan, "--replications", 3, "--chart", tmp_path / "no" / "c.png").exception, DialtestError
    )
