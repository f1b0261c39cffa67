"""`dialtest surge load`: what its page shows can be typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.errors import DialtestError
from load.commands.load import as_object, load_command
from tests.load.test_measured import measured
from tests.test_documents import ROOT, commands

LOADS = [line for line in commands("docs/surge-load.md") if line.startswith("dialtest surge load ")]


@pytest.mark.parametrize("line", LOADS)
def test_a_command_of_the_page_can_be_typed(line: str) -> None:
    context = load_command.make_context("load", shlex.split(line)[3:])
    assert "127.0.0.1:5086" == context.params["host"]


def test_the_page_shows_commands() -> None:
    assert 2 == len(LOADS)


def test_options_that_the_page_names_are_there() -> None:
    text = (ROOT / "docs" / "surge-load.md").read_text(encoding="utf-8")
    named = {word.strip("`,.;:") for word in text.replace("`", " ").split() if word.startswith("--")}
    ours = {name for parameter in load_command.params for name in parameter.opts}
    of_locust = {"--headless", "--plan", "--processes", "--master", "--expect-workers", "--worker", "--master-host",
                 "--tags", "--csv", "--html", "--result", "--agents"}  # fmt: skip
    assert set() == named - ours - of_locust


def test_a_missing_plan_is_told_with_a_remedy(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["surge", "load", str(tmp_path / "no.toml"), "--host", "127.0.0.1:5086"])
    assert isinstance(done.exception, DialtestError)
    assert "dialtest surge init" in str(done.exception)


def test_the_json_has_rates_beside_counts() -> None:
    told = as_object(measured())
    brand = told["brands"][0]
    assert (1.0, 1.0, 0.9, 0.125, True) == (
        brand["connection_rate_by_attempts"], brand["connection_rate_by_callers"], brand["connection_rate_within"],
        brand["mean_wait_s"], told["reached"],
    )  # fmt: skip
