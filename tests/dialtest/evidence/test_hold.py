"""One process at a time drives a campaign."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dialtest.errors import CouldNotTest
from dialtest.evidence.hold import HOLDER_NAME, Held, hold

HOLDING = "import sys; from pathlib import Path; from dialtest.evidence.hold import hold\n" + (
    "with hold(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def another_run(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDING, str(folder), "--until", "2006-09-30"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "held\n" == process.stdout.readline()
        yield process
        process.kill()


def test_the_second_run_is_told_who_holds_the_campaign(tmp_path: Path) -> None:
    with another_run(tmp_path) as first, pytest.raises(Held) as told, hold(tmp_path):
        pass
    assert f"The campaign {tmp_path} is held by process {first.pid} on {os.uname().nodename} since 20" in str(
        told.value
    )
    assert "--until 2006-09-30" in told.value.problem
    assert "Wait until it has ended" in told.value.remedy


def test_a_lock_left_by_a_killed_process_blocks_nobody(tmp_path: Path) -> None:
    with another_run(tmp_path) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert (tmp_path / HOLDER_NAME).exists()
        with hold(tmp_path) as holder:
            assert os.getpid() == holder.pid


def test_a_campaign_is_free_again_after_a_run_even_one_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(tmp_path):
        raise ZeroDivisionError
    with hold(tmp_path):
        assert (tmp_path / HOLDER_NAME).exists()
    assert not (tmp_path / HOLDER_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"not JSON", b"\xff\xfe", b"{}", b"[" * 5_000])
def test_a_holder_file_nobody_can_read_is_no_obstacle_to_the_message(tmp_path: Path, content: bytes) -> None:
    with another_run(tmp_path):
        (tmp_path / HOLDER_NAME).write_bytes(content)
        with pytest.raises(Held, match="is held by another process"), hold(tmp_path):
            pass


def test_a_holder_that_steers_terminals_is_shown_escaped(tmp_path: Path) -> None:
    forged = '{"pid": 1, "host": "h\\u001b[2J", "since": "2006-07-20T23:59:00", "command": "\\u202erun"}'
    with another_run(tmp_path):
        (tmp_path / HOLDER_NAME).write_text(forged)
        with pytest.raises(Held) as told, hold(tmp_path):
            pass
    assert told.value.problem.isprintable()
    assert r"h\x1b[2J" in told.value.problem


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTest, match="cannot be written: Not a directory"), hold(tmp_path / "away"):
        pass
    assert not (tmp_path / "away").exists()
