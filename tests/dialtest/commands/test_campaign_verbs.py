"""The verbs of a campaign as a user meets them: what they print, their exit codes, and what bad input gets."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.sample.sample import write_sample
from dialtest.settings import FaultSettings


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of thirty services with planted faults, dialled to its end."""
    folder = tmp_path_factory.mktemp("ran")
    write_sample(folder, services=30, seed=3)
    assert 0 == call("run", folder).exit_code
    return folder


def test_a_run_says_what_became_of_its_cases(ran: Path) -> None:
    told = json.loads(call("run", ran, "--json").output)
    assert told["planned"] == told["completed"] + told["inconclusive"]
    assert 0 == told["open"]
    assert 64 == len(told["seal"])


def test_a_run_until_a_day_leaves_later_dials_undone(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, clean=True)
    told = json.loads(call("run", tmp_path, "--until", "2006-06-20", "--json").output)
    assert 0 < told["completed"] + told["open"] + told["inconclusive"] < told["planned"]


def test_a_dry_run_counts_and_sends_nothing(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, clean=True)
    told = json.loads(call("run", tmp_path, "--dry-run", "--json").output)
    assert told["messages"] > 0
    assert told["committed_fen"] > 0
    assert {"completed": 0, "inconclusive": 0, "open": 0} == {
        state: json.loads(call("status", tmp_path, "--json").output)[state]
        for state in ("completed", "inconclusive", "open")
    }


def test_a_dry_run_counts_what_is_still_to_come(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, clean=True)
    whole = json.loads(call("run", tmp_path, "--dry-run", "--json").output)
    before = json.loads(call("run", tmp_path, "--dry-run", "--until", "2006-07-20", "--json").output)
    call("run", tmp_path, "--until", "2006-07-20")
    rest = json.loads(call("run", tmp_path, "--dry-run", "--json").output)
    assert (0, whole["cases"]) == (whole["ended"], rest["ended"] + rest["cases"])
    for name in ("messages", "presses", "withdrawals", "complaints", "committed_fen", "billed_fen"):
        assert (name, whole[name]) == (name, before[name] + rest[name])
    call("run", tmp_path)
    over = json.loads(call("run", tmp_path, "--dry-run", "--json").output)
    assert over == dict.fromkeys(over, 0) | {"ended": whole["cases"]}


def test_a_dry_run_leaves_out_what_can_no_longer_be_dialled(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, clean=True)
    call("run", tmp_path, "--until", "2006-06-20")
    for name in ("catalogue.csv", "adverts.csv"):
        lines = (tmp_path / name).read_text("utf-8").splitlines(keepends=True)
        (tmp_path / name).write_text("".join([*lines[:2], *lines[3:]]), "utf-8")
    told = json.loads(call("run", tmp_path, "--dry-run", "--json").output)
    done = json.loads(call("run", tmp_path, "--json").output)
    assert told["cases"] + told["ended"] == done["completed"] + done["inconclusive"]
    assert done["open"]


def test_a_plan_shows_dials_whose_number_has_left_the_campaign(tmp_path: Path) -> None:
    write_sample(tmp_path, services=4, clean=True)
    call("run", tmp_path, "--until", "2006-06-20")
    before = json.loads(call("plan", tmp_path, "--json").output)["cases"]
    lines = (tmp_path / "numbers.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "numbers.csv").write_text("".join([lines[0], *lines[4:]]), "utf-8")
    gone = {line.split(",")[0] for line in lines[1:4]}
    after = json.loads(call("plan", tmp_path, "--json").output)["cases"]
    assert [case | {"team": None if case["msisdn"] in gone else case["team"]} for case in before] == after
    assert gone & {case["msisdn"] for case in after}


def test_judging_asks_for_failure_only_where_it_is_severe_enough(ran: Path) -> None:
    assert 0 == call("judge", ran).exit_code
    assert 1 == call("judge", ran, "--fail-on", "critical").exit_code
    assert 2 == call("judge", ran, "--fail-on", "terrible").exit_code


def test_findings_can_be_filtered(ran: Path) -> None:
    everything = json.loads(call("findings", ran, "--json").output)
    one = everything[0]
    by_rule = json.loads(call("findings", ran, "--json", "--rule", one["rule"]).output)
    assert [finding for finding in everything if finding["rule"] == one["rule"]] == by_rule
    assert 0 < len(by_rule) < len(everything)
    assert [] == json.loads(call("findings", ran, "--json", "--week", "2005-W01").output)


def test_status_shows_coverage_by_provider_and_findings(ran: Path) -> None:
    told = json.loads(call("status", ran, "--json").output)
    assert len(json.loads(call("findings", ran, "--json").output)) == told["findings"]
    assert all(row["services_dialled"] == row["services"] for row in told["providers"])
    assert [] == told["in_doubt"]


def test_a_sweep_names_what_a_carrier_does_not_give_back(tmp_path: Path) -> None:
    ignored = FaultSettings("withdrawal-ignored", ("901508/XW",))
    write_sample(tmp_path, services=8, faults=[ignored])
    call("run", tmp_path)
    swept = call("sweep", tmp_path, "--json")
    left = json.loads(swept.output)["left"]
    assert 1 == swept.exit_code
    assert {"头条新闻"} == {item["service"] for item in left}


def test_a_sweep_of_an_honest_campaign_leaves_nothing(tmp_path: Path) -> None:
    write_sample(tmp_path, services=8, clean=True)
    call("run", tmp_path, "--until", "2006-08-20")
    call("run", tmp_path)
    swept = call("sweep", tmp_path, "--json")
    assert (0, []) == (swept.exit_code, json.loads(swept.output)["left"])
    assert 0 == call("evidence", "verify", tmp_path).exit_code
    assert 0 == call("run", tmp_path).exit_code


def test_a_plan_of_a_week_shows_that_week_alone(ran: Path) -> None:
    told = json.loads(call("plan", ran, "--week", "2006-W30", "--json").output)
    assert told["cases"]
    assert all("2006-07-24" <= case["starts_at"][:10] <= "2006-07-30" for case in told["cases"])


@pytest.mark.parametrize("verb", ["plan", "run", "judge", "findings", "status", "sweep"])
def test_a_folder_that_is_no_campaign_is_told_so(verb: str, tmp_path: Path) -> None:
    result = call(verb, tmp_path)
    assert isinstance(result.exception, DialtestError)
    assert 2 == result.exception.exit_code
    assert "dialtest init" in str(result.exception)


def test_a_week_that_is_none_is_told_so(ran: Path) -> None:
    result = call("plan", ran, "--week", "2006-W60")
    assert isinstance(result.exception, DialtestError)
    assert "2006-W60" in str(result.exception)


def test_a_second_run_is_told_who_holds_the_campaign(tmp_path: Path) -> None:
    from dialtest.evidence.store import hold

    write_sample(tmp_path, services=4, clean=True)
    with hold(tmp_path):
        result = call("run", tmp_path)
    assert isinstance(result.exception, DialtestError | CouldNotTest)
    assert str(os.getpid()) in str(result.exception)


@pytest.mark.timeout(400)  # a whole campaign, its reports, and an hour of calls in scaled time
def test_a_demo_finds_what_is_planted_and_rehearses_the_surge(tmp_path: Path) -> None:
    told = json.loads(call("demo", "--out", tmp_path / "a", "--services", "40", "--seed", "5", "--json").output)
    assert [] == told["missed_striking_every_time"]
    assert 0 == told["false_alarms"]
    assert told["planted"] == told["found"] + told["missed"]
    assert all(Path(report).exists() for report in told["reports"])
    assert told["review"]["rectified"] <= told["review"]["confirmed"] > 0
    kinds = Counter(Path(report).name.partition("-")[0].partition(".")[0] for report in told["reports"])
    assert {"weekly": 4, "summary": 2, "bulletin": 28, "notice": 20} == kinds  # 14 half months, June to December
    surge = told["surge"]
    assert 3500 < surge["due"] == surge["placed"] < 5000
    assert {"gotone", "easyown", "mzone"} == set(surge["connection_rates"])


@pytest.mark.timeout(300)
def test_a_clean_demo_finds_nothing(tmp_path: Path) -> None:
    clean = json.loads(
        call("demo", "--out", tmp_path / "b", "--services", "40", "--clean", "--no-surge", "--json").output
    )
    assert (0, 0) == (clean["findings"], clean["planted"])
    audits = clean["audits"]
    assert {0} == {audits[name] for name in ("only_boss", "only_misc", "differ", "out_of_step", "settlement_breaches")}
    assert {0} == set(audits["by_breach"].values())


def test_a_demo_does_not_write_over_somebodys_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = call("demo", "--out", tmp_path)
    assert isinstance(result.exception, DialtestError)
    assert "years of work" == (tmp_path / "thesis.txt").read_text(encoding="utf-8")
