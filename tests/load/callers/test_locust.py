"""Locust itself, in processes of its own, against the sandbox's hotline and against peers who misbehave."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.errors import DialtestError
from dialtest.wire.sip.glance import method_of
from load.callers.asked import Asked
from load.callers.measure import Manner, Progress, measure, measure_as_asked
from load.measured import read_measured
from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan
from tests.load.callers.made import answer

LOCUSTFILE = Path(__file__).parents[3] / "load" / "locustfile.py"
LISTENS = re.compile(r"@([\d.]+:\d+)\D.*http://([\d.]+:\d+)", re.DOTALL)

QUARTER = """
name = "a quarter of an hour"
begins = "2006-09-05T10:00:00+08:00"
ends = "2006-09-05T10:15:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 500
start = "2006-09-05T10:00:00+08:00"
[callback]
share = 0.4
delay = { law = "exponential", mean_s = 300 }
instead_sms = 0.05
instead_web = 0.05
[call]
handle = { law = "exponential", mean_s = 90 }
patience = { law = "exponential", mean_s = 60 }
redial = { share = 0.5, delay = { law = "exponential", mean_s = 100 } }
[agents]
mzone = 12
[emergency]
"""
MINUTE = """
name = "a minute"
begins = "2006-09-05T10:00:00+08:00"
ends = "2006-09-05T10:01:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = 300
start = "2006-09-05T10:00:00+08:00"
messages_per_s = 6
[callback]
share = 1.0
delay = { law = "constant", mean_s = 0.1 }
[call]
handle = { law = "constant", mean_s = 1 }
[agents]
mzone = 12
"""


def plan(text: str = MINUTE) -> SurgePlan:
    return parse_plan(text, "plan.toml", "plan")


@contextmanager
def hotline(*options: str) -> Iterator[tuple[str, str]]:
    """The sandbox's hotline on free ports: its addresses by SIP and HTTP."""
    command = [sys.executable, "-m", "dialtest", "sandbox", "hotline", "--sip-port", "0", "--http-port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout is not None
            found = LISTENS.search(started.stdout.readline())
            assert found is not None
            yield found[1], found[2]
        finally:
            started.terminate()
            started.wait(10)


@contextmanager
def peer(answers: Callable[[bytes], list[bytes]], dies_after: int = 10**9) -> Iterator[str]:
    """A called end on a thread: what it answers to each datagram; it is gone after so many INVITEs."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.1)
        over, own = threading.Event(), "{}:{}".format(*listening.getsockname()).encode()

        def serve() -> None:
            invites = 0
            while not over.is_set() and invites < dies_after:
                try:
                    datagram, source = listening.recvfrom(65_535)
                except TimeoutError:
                    continue
                invites += method_of(datagram) == b"INVITE"
                for said in answers(datagram):
                    listening.sendto(said.replace(b"<sip:10086@127.0.0.1:5086>", b"<sip:10086@" + own + b">"), source)
            listening.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield own.decode()
        finally:
            over.set()
            thread.join()


def polite(datagram: bytes) -> list[bytes]:
    match method_of(datagram):
        case b"INVITE":
            return [answer(datagram, 100, tag=""), answer(datagram, 200)]
        case b"ACK":
            return []
    return [answer(datagram, 200)]


def locust(*options: str) -> list[str]:
    return [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary", *options]


def state(http: str) -> dict[str, int]:
    with urllib.request.urlopen(f"http://{http}/state", timeout=5) as answered:
        return next(one for one in json.load(answered)["brands"] if one["brand"] == "mzone")


def test_two_workers_count_the_fates_of_their_callers_as_the_hotlines_own_books_do() -> None:
    told: list[Progress] = []
    with hotline("--agents", "mzone=12", "--speed", "300", "--starts", "2006-09-05T10:00:00+08:00") as (sip, http):
        found = measure(plan(QUARTER), sip, http, speed=300.0, workers=2, on_progress=told.append)
        books = state(http)
    tally = found.tally
    names = ("answered", "abandoned", "diverted", "recorded", "withdrew_by_sms", "withdrew_by_web")
    assert [books[name] for name in names] == [getattr(tally, name) for name in names]
    assert (books["calls"], 0, 0) == (tally.attempts, tally.failed, found.hotline_unrecorded)
    assert (True, True, 2, {}) == (found.reached, found.heard, found.workers, found.failures)
    assert tally.attempts == tally.answered + tally.abandoned + tally.diverted + tally.busy
    assert min(tally.abandoned, tally.diverted, tally.redials, tally.withdrew_by_web) > 0
    assert told[-1].callers == tally.callers + tally.withdrew_by_sms + tally.withdrew_by_web


def test_one_hotline_that_talks_garbage_and_dies_is_counted_as_that_and_the_run_goes_on() -> None:
    def garbled(datagram: bytes) -> list[bytes]:
        return [b"", b"\xff\xfe" * 40, b"SIP/2.0 200 OK\r\n\r\n", *polite(datagram)]

    with peer(garbled, dies_after=100) as host:
        found = measure_as_asked(Asked(plan(), speed=20.0, drain_s=3.0), host, Manner())
    tally = found.tally
    assert found.placed == tally.attempts == tally.answered + tally.failed
    assert 95 <= tally.answered <= 100
    assert (
        190 <= tally.failed <= found.failures["nobody listens"] + found.failures.get("cut off by the end of the run", 0)
    )
    assert found.failures["datagrams that belong to no call"] >= 200
    assert (True, True) == (found.reached, found.heard)


def test_a_hotline_that_says_nothing_makes_the_run_end_by_itself_with_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(MINUTE)
    with peer(lambda datagram: []) as host:
        options = ["--host", host, "--speed", "120", "--drain-s", "1", "--out", str(tmp_path / "camp"), "--json"]
        done = CliRunner().invoke(cli, ["surge", "load", str(tmp_path / "plan.toml"), *options])
    found = json.loads(done.stdout)
    assert (3, 0) == (done.exit_code, found["reply"]["count"])
    kept = read_measured(next((tmp_path / "camp" / "surge").iterdir()))
    assert (kept.placed, False) == (kept.failures["cut off by the end of the run"], kept.heard)


def test_a_plain_locustfile_drains_at_the_first_interrupt_and_writes_what_it_measured(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(MINUTE)
    result = tmp_path / "measured.json"
    with peer(polite) as host:
        options = ["--host", f"sip:{host}", "--plan", str(tmp_path / "plan.toml"), "--result", str(result)]
        options += ["--csv", str(tmp_path / "run"), "--html", str(tmp_path / "run.html"), "--tags", "phone"]
        started = subprocess.Popen(locust(*options), stderr=subprocess.PIPE, cwd=tmp_path)
        assert wait_for(lambda: "answered mzone" in csv_of(tmp_path))
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=20)
    found = read_measured(result)
    assert (3, True) == (started.returncode, found.stopped_early)
    assert (found.tally.answered, 0) == (found.placed, found.tally.failed)
    assert 0 < found.placed < 300
    assert (tmp_path / "run.html").stat().st_size > 1000


def test_callers_of_a_worker_that_is_killed_are_told_as_lost(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed and progress.ended > 50:
            killed.append(youngest_worker(os.getpid()))
            os.kill(killed[0], signal.SIGKILL)

    with peer(polite) as host:
        found = measure_as_asked(Asked(plan(), speed=20.0), host, Manner(workers=2), kill_one)
    assert (2, 1, False) == (found.workers, found.workers_lost, found.reached)
    assert found.lost > 0
    assert found.tally.answered == found.tally.attempts


def test_a_stranger_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(MINUTE)
    with pytest.raises(DialtestError, match=r"--allow-host 192\.0\.2\.1"):
        measure(plan(), "192.0.2.1:5060")
    options = ["--host", "sip:192.0.2.1:5060", "--plan", str(tmp_path / "plan.toml")]
    plain = subprocess.run(locust(*options), capture_output=True, text=True, timeout=30, check=False)
    assert (2, True) == (plain.returncode, "--allow-host 192.0.2.1" in plain.stderr)


def test_a_run_beyond_its_bounds_is_not_begun() -> None:
    with pytest.raises(DialtestError, match="--most-calls"):
        measure_as_asked(Asked(plan(), most_calls=100), "127.0.0.1:9", Manner())


def csv_of(folder: Path) -> str:
    path = folder / "run_stats.csv"
    return path.read_text() if path.exists() else ""


def wait_for(holds: Callable[[], bool], within_s: float = 20.0) -> bool:
    ends_s = time.monotonic() + within_s
    while time.monotonic() < ends_s:
        if holds():
            return True
        time.sleep(0.1)
    return False


def youngest_worker(ancestor: int) -> int:
    """The last process that Locust's master, our child, has forked."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in found.splitlines()]
    masters = {pid for pid, parent, args in rows if parent == str(ancestor) and "locust" in args}
    return max(int(pid) for pid, parent, _ in rows if parent in masters)


def test_a_web_page_at_a_port_that_is_taken_is_refused_before_anything_is_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(DialtestError, match="--web-port"):
            measure_as_asked(Asked(plan()), "127.0.0.1:9", Manner(web=taken.getsockname()[1]))
