"""What the document about the simulation shows works as it stands, and every key it names is told."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from load.simulation.simulate import simulate
from tests.load.simulation.plans import EVERYTHING, a_plan

DOCUMENT = Path(__file__).parents[3] / "docs" / "surge-simulation.md"


def test_its_python_gives_what_it_shows() -> None:
    assert (0, 8) == doctest.testfile(str(DOCUMENT), module_relative=False)


def test_its_commands_work_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = DOCUMENT.read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert 3 == len(commands)
    for command in commands:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert (command, 0) == (command, result.exit_code), result.output
    assert (tmp_path / "surge.png").exists()


def test_it_names_every_key() -> None:
    told = simulate(a_plan(EVERYTHING, until=10), 2).as_object()["brands"]
    assert isinstance(told, dict)
    text = DOCUMENT.read_text(encoding="utf-8")
    own = {"failed", "answered_within", "callers_answered", "callers_diverted", "withdrew_by_sms", "withdrew_by_web"}
    assert own == {key for key in told["mzone"] if f"`{key}`" not in text}
