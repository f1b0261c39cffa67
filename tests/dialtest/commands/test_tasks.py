"""`dialtest tasks`: what is done, late, due and overdue, and `dialtest check` on the papers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.language import speaking
from dialtest.sample.new_folder import make_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_folder(tmp_path / "campaign", "monternet-2006")
    lines = "task,done on,by whom,evidence\noffice,2006-06-10,Zhang,minutes\nstaff-trained,2006-07-25,,\n"
    (tmp_path / "campaign" / "tasks.csv").write_text(lines, encoding="utf-8")
    (tmp_path / "campaign" / "halls.csv").write_text("city,hall,dedicated desk\n昌吉,延安路,no\n", encoding="utf-8")
    return tmp_path / "campaign"


def run(*arguments: object) -> Result:
    with speaking("en"):
        return CliRunner().invoke(cli, [*map(str, arguments)])


def test_each_task_is_listed_with_its_status(folder: Path) -> None:
    told = json.loads(run("tasks", folder, "--on", "2006-07-31", "--json").stdout)
    status = {task["task"]: task["status"] for task in told["tasks"]}
    assert ("done", "late", "overdue", "due") == tuple(
        status[task] for task in ("office", "staff-trained", "numbers", "website")
    )
    assert [1, 2] == told["phases"]
    assert ["checked", "trained"] == [hall["matter"] for hall in told["halls"]]


def test_people_read_a_table_and_the_halls_that_are_late(folder: Path) -> None:
    output = run("tasks", folder, "--on", "2006-08-01").output
    assert "staff-trained" in output
    assert "1 done in time, 1 done late" in output
    assert "昌吉: no hall has a dedicated desk, due by 2006-07-31; overdue." in output


def test_without_a_day_it_is_the_campaign_s_first_before_anything_was_dialled(folder: Path) -> None:
    assert "2006-06-01" == json.loads(run("tasks", folder, "--json").stdout)["on"]
    assert not (folder / "journal.db").exists()


def test_a_day_that_is_none_is_told_so(folder: Path) -> None:
    assert "is not a day" in str(run("tasks", folder, "--on", "soon").exception)


def test_check_tells_a_wrong_row_of_the_papers(folder: Path) -> None:
    (folder / "halls.csv").write_text("city,hall,dedicated desk\n昌吉,延安路,perhaps\n", encoding="utf-8")
    result = run("check", folder)
    assert (2, True) == (result.exit_code, "halls.csv, row 2, column dedicated desk" in result.output)


def test_a_market_without_phases_says_so(tmp_path: Path) -> None:
    make_folder(tmp_path / "uk", "uk-premium-2019")
    assert "no phases and no tasks" in run("tasks", tmp_path / "uk").output
