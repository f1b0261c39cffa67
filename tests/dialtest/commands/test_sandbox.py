"""The verb sandbox: a carrier served from a campaign's folder, and a run over it, as a user types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from dialtest.clock import monotonic_s
from dialtest.commands import cli
from dialtest.served.serve import listening_socket

COMMAND = [sys.executable, "-c", "from dialtest.commands import main; main()"]
ENGLISH = {**os.environ, "DIALTEST_LANG": "en"}


def typed(*words: object) -> Result:
    """What a command prints and its exit code."""
    return CliRunner().invoke(cli, [str(word) for word in words])


@contextmanager
def started(*words: object) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own; ended by force in the end, if it has not ended."""
    command = [*COMMAND, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENGLISH) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert 0 == typed("init", tmp_path / "new").exit_code
    return tmp_path / "new"


@contextmanager
def serving(folder: Path, *words: object) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with started("sandbox", "serve", "--campaign", folder, "--port", 0, *words) as carrier:
        yield said(carrier).partition("listens at ")[2].partition(";")[0], carrier


def clients(address: str) -> list[object]:
    present: list[object] = requests.get(f"{address}/v1/clock", timeout=20).json()["clients"]
    return present


def test_a_campaign_runs_over_its_served_carrier(folder: Path) -> None:
    with serving(folder, "--speed", 0) as (address, carrier):
        with started("run", folder, "--network", address, "--json") as run:
            counts = json.loads(said(run))
            assert 0 == run.wait(60)
        carrier.send_signal(signal.SIGINT)
        assert "The carrier has stopped; with its ledger it goes on where it was.\n" == said(carrier)
        assert 0 == carrier.wait(20)
    assert (counts["planned"], 0) == (counts["completed"] + counts["inconclusive"], counts["open"])
    assert (folder / "carrier.db").exists()


def test_an_interrupted_live_run_ends_cleanly_and_stays_open(folder: Path) -> None:
    with serving(folder, "--speed", 1_000_000) as (address, _):
        with started("run", folder, "--network", address, "--json") as run:
            give_up_s = monotonic_s() + 60
            while not clients(address):
                assert monotonic_s() < give_up_s
            run.send_signal(signal.SIGINT)
            counts = json.loads(said(run))
            assert 0 == run.wait(30)
        assert [] == clients(address)
    assert counts["planned"] > counts["completed"] + counts["inconclusive"]


def test_a_port_in_use_is_told(folder: Path) -> None:
    bound = listening_socket(0)
    bound.listen()
    port = bound.getsockname()[1]
    refused = typed("sandbox", "serve", "--campaign", folder, "--port", port)
    bound.close()
    assert f"Port {port} cannot be listened on" in str(refused.exception)


def test_a_folder_that_is_no_campaign_is_told(tmp_path: Path) -> None:
    refused = typed("sandbox", "serve", "--campaign", tmp_path / "nowhere")
    assert "dialtest init" in str(refused.exception)


@pytest.mark.parametrize("words", [("--speed", -1), ("--lease", 0), ("--port", 70_000)])
def test_a_number_out_of_range_is_bad_usage(tmp_path: Path, words: tuple[object, ...]) -> None:
    assert 2 == typed("sandbox", "serve", "--campaign", tmp_path, *words).exit_code


def test_the_openapi_is_printed() -> None:
    assert "3.1.0" == json.loads(typed("sandbox", "openapi").output)["openapi"]
