"""`dialtest surge staff` and `schedule` as a planner uses them."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from load.plan.reading import load_plan


def surge(*words: object) -> Result:
    return CliRunner().invoke(cli, ["surge", *map(str, words)])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    assert 0 == surge("init", path).exit_code
    return path


def with_agents(plan: Path, agents: int) -> Path:
    plan.write_text(plan.read_text(encoding="utf-8").replace("agents = 70", f"agents = {agents}")
                    .replace("easyown = 70", f"easyown = {agents}"), encoding="utf-8")  # fmt: skip
    return plan


def test_staff_tells_agents_lines_and_what_pooling_is_worth(plan: Path) -> None:
    result = surge("staff", plan, "--replications", 3)
    assert 0 == result.exit_code
    assert "08-21 11:45" in result.output


def test_staff_as_json_has_a_figure_for_each_quarter_hour(plan: Path) -> None:
    found = json.loads(surge("staff", plan, "--replications", 3, "--json").output)
    mzone = found["brands"]["mzone"]
    assert {56} == {len(mzone[key]) for key in ("erlangs", "agents_by_theory", "agents", "agents_now")}
    assert {56} == {len(mzone["with_flow"][key]) for key in ("agents_by_theory", "agents")}
    assert mzone["peak_agents"] == max(mzone["agents"])
    assert mzone["with_flow"]["agent_hours"] < mzone["agent_hours"]
    assert found["lines"]["needed"] > mzone["peak_agents"]
    assert 0.7 < mzone["simulated"]["rate"]["mean"] < 1


def test_the_shifts_staff_prints_make_a_plan_that_has_enough_agents(plan: Path) -> None:
    printed = surge("staff", plan, "--replications", 0, "--toml", "--shift-h", 4).output
    before, _, after = plan.read_text(encoding="utf-8").partition("[agents]")
    plan.write_text(f"{before}{printed}\n[standard]{after.partition('[standard]')[2]}", encoding="utf-8")
    assert 6 >= len(load_plan(plan).desk("mzone").shifts) > 2
    assert 0 == surge("staff", plan, "--replications", 0, "--fail").exit_code


def test_too_few_agents_fail_where_that_is_asked_for(plan: Path) -> None:
    assert 1 == surge("staff", with_agents(plan, 30), "--replications", 0, "--fail").exit_code
    assert 0 == surge("staff", plan, "--replications", 0).exit_code


def test_staff_writes_every_quarter_hour_as_csv(plan: Path, tmp_path: Path) -> None:
    surge("staff", plan, "--replications", 0, "--csv", tmp_path / "agents.csv")
    with (tmp_path / "agents.csv").open(encoding="utf-8") as file:
        assert 56 * 2 == len(list(csv.DictReader(file)))


def test_schedule_places_the_batch_without_a_start_and_writes_a_plan_that_can_be_simulated(
    plan: Path, tmp_path: Path
) -> None:
    result = surge("schedule", plan, "--replications", 5, "--out", tmp_path / "new.toml")
    assert 0 == result.exit_code
    starts = {batch.number: f"{batch.start:%m-%d %H:%M}" for batch in load_plan(tmp_path / "new.toml").batches}
    assert {1: "08-21 09:00", 2: "08-21 09:00", 3: "08-21 12:30"} == starts
    assert 0 == surge("simulate", tmp_path / "new.toml", "--replications", 2, "--json").exit_code


def test_schedule_prints_the_new_plan_where_that_is_asked_for(plan: Path) -> None:
    printed = surge("schedule", plan, "--replications", 0, "--toml").output
    assert 'start = "2006-08-21T12:30:00+08:00"' in printed
    assert "# 坐席" in printed


def test_schedule_as_json_has_batches_load_and_capacity(plan: Path) -> None:
    found = json.loads(surge("schedule", plan, "--all", "--replications", 0, "--json").output)
    assert (True, True, [1, 2, 3]) == (
        found["fits"], found["earliest_proved"], sorted(batch["number"] for batch in found["batches"]))  # fmt: skip
    load, capacity = found["quarters"]["load"]["mzone"], found["quarters"]["capacity"]["mzone"]
    assert all(one <= most + 1e-3 for one, most in zip(load, capacity, strict=True))
    assert found["with_more_agents"]["hours_earlier"] >= 0


def test_schedule_says_who_is_short_of_agents_when_and_fails(plan: Path) -> None:
    new = plan.with_name("new.toml")
    result = surge("schedule", with_agents(plan, 40), "--all", "--replications", 0, "--json", "--out", new)
    found = json.loads(result.output)
    assert (1, False, None) == (result.exit_code, found["fits"], found["sent"])
    assert [["mzone"], ["easyown"]] == [one["brands"] for one in found["lacking"]]
    for one in found["lacking"]:
        assert one["more_agents"] == max(day["agents"] for day in one["days"])
        assert all("2006-08-21" <= day["day"] <= "2006-09-30" for day in one["days"])
    assert not new.exists()
    words = surge("schedule", plan, "--all", "--replications", 0).output
    assert "2006-08-21" in words
    assert "--any-rate" in words


@pytest.mark.parametrize("words", [["--rates", "quick"], ["--rates", "-1"], ["--rates", "nan"]])
def test_rates_that_are_none_are_refused(plan: Path, words: list[str]) -> None:
    result = surge("schedule", plan, *words)
    assert isinstance(result.exception, Exception)
    assert words[1] in str(result.exception)


def test_a_file_that_is_there_is_not_written_over(plan: Path) -> None:
    assert "plan.toml" in str(surge("schedule", plan, "--replications", 0, "--out", plan).exception)
    assert "[agents]" in plan.read_text(encoding="utf-8")
