"""docs/surge-staffing.md: its commands work, one after the other, in an empty folder."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from tests.test_documents import ROOT, commands

DOCUMENT = "docs/surge-staffing.md"


def test_the_commands_of_the_document_work_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = commands(DOCUMENT)
    assert 8 == len(shown)
    for command in shown:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0, "") == (command, result.exit_code, result.output if result.exit_code else "")


def test_what_it_shows_of_a_plan_that_does_not_fit_is_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALTEST_LANG", "en")
    plan = tmp_path / "plan.toml"
    CliRunner().invoke(cli, ["surge", "init", str(plan)])
    plan.write_text(plan.read_text(encoding="utf-8").replace("agents = 70", "agents = 40"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["surge", "schedule", str(plan), "--all"])
    shown = (ROOT / DOCUMENT).read_text(encoding="utf-8").rpartition("```\n")[0].rpartition("```\n")[2]
    assert 1 == result.exit_code
    assert shown in result.output
