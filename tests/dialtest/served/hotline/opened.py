"""A hotline as a process of its own on free ports, and sipp to ring it with."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import requests

SCENARIOS = Path(__file__).parent / "sipp"
VERB = [sys.executable, "-c", "from dialtest.commands import main; main()", "sandbox", "hotline"]
LISTENS = re.compile(r"sip:10086@127\.0\.0\.1:(\d+) .*http://127\.0\.0\.1:(\d+)")


class Opened:
    """A hotline that listens; its ports, and what it says of itself."""

    def __init__(self, process: subprocess.Popen[str], sip_port: int, http_port: int) -> None:
        self.process = process
        self.sip_port = sip_port
        self.url = f"http://127.0.0.1:{http_port}"

    def get(self, path: str) -> Any:
        return requests.get(self.url + path, timeout=10).json()

    def brand(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in self.get("/state")["brands"] if one["brand"] == name)
        return found

    def close(self) -> str:
        """Interrupt it; what it says at its end."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=20)[0]


@contextmanager
def opened(*options: str) -> Iterator[Opened]:
    """A hotline that is there while one is in this."""
    command = [*VERB, "--sip-port", "0", "--http-port", "0", *options]
    environment = {**os.environ, "DIALTEST_LANG": "en"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = LISTENS.search(line)
            assert found is not None, line
            yield Opened(process, int(found[1]), int(found[2]))
        finally:
            process.kill()


def ring(hotline: Opened, scenario: str, tmp_path: Path, target: str, calls: int = 10, *options: str) -> None:
    """Let sipp play a scenario so many times; fails with what sipp says where one call does not go as it has it."""
    sipp = which("sipp")
    assert sipp is not None, "sipp is missing; on Debian: apt-get install sip-tester"
    errors = tmp_path / f"{scenario}.errors"
    command = [sipp, f"127.0.0.1:{hotline.sip_port}", "-sf", str(SCENARIOS / f"{scenario}.xml"), "-s", "10086"]
    command += ["-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(_free_port()), "-key", "target", target]
    command += ["-m", str(calls), "-r", "50", "-nostdin", "-trace_err", "-error_file", str(errors), *options]
    # sipp with an open call does not heed its own -timeout, so it is ended from outside
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path) as process:
        try:
            status = process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            status = -1
        finally:
            process.kill()
    said = errors.read_text(encoding="utf-8", errors="replace")[:2000] if errors.exists() else ""
    assert (scenario, 0) == (scenario, status), said


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
