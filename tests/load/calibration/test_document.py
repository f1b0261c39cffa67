"""The commands of docs/surge-calibration.md work as they stand, and its table names the columns there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.catalogue.columns import plain
from dialtest.commands import cli
from load.calibration.call_columns import CALL_HEADERS
from load.law import Exponential
from tests.load.calibration.recorded import write_calls
from tests.load.calibration.test_calibrate_command import BATCH_TABLE, PLAN
from tests.load.calibration.test_call_back import BATCHES, surge
from tests.test_documents import ROOT, commands

DOCUMENT = "docs/surge-calibration.md"


def test_its_commands_work_on_records_of_two_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_calls(tmp_path / "calls.csv", surge(BATCHES, 0.4, Exponential(2_400), ordinary=1_000, days=4))
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "batches.csv").write_text(BATCH_TABLE, encoding="utf-8")
    shown = commands(DOCUMENT)
    assert 4 == len(shown)
    for command in shown:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0, "") == (command, result.exit_code, result.output if result.exit_code else "")
    assert (tmp_path / "patience.png").exists()


def test_its_columns_and_headers_are_known() -> None:
    rows = re.findall(r"^\| (`.+?) \| (.+?) \| .+ \|$", (ROOT / DOCUMENT).read_text(encoding="utf-8"), re.MULTILINE)
    assert 12 == len(rows)
    for names, headers in rows:
        columns = re.findall(r"`(\w+)`", names)
        known = {plain(alias) for column in columns for alias in CALL_HEADERS[column]}
        assert [] == [header for header in headers.split(", ") if plain(header) not in known]
