"""Calls placed a second, and callers held in a GiB, by one worker: ours, sipp's, and a greenlet for each caller.

Run as `python -m tests.bench.hotline_load RATE`. All three ring the same sipp, which answers at once; it has the last
core, each of them the first. Calls per second of the caller's own processor time are what a busy machine changes least.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from dialtest.clock import monotonic_s

ROOT = Path(__file__).parents[2]
PLACING_S = 10
TALKS_S = 60
GREENLETS = 2_000
PLAN = """
begins = "2006-09-05T10:00:00+08:00"
ends = "2006-09-05T10:00:{ends_s:02}+08:00"
[[batch]]
number = 1
brand = "mzone"
size = {size}
start = "2006-09-05T10:00:00+08:00"
messages_per_s = {rate}
[callback]
share = 1.0
delay = {{ law = "constant", mean_s = 4 }}
[call]
handle = {{ law = "constant", mean_s = {talks_s} }}
[agents]
mzone = 100
"""


def cores() -> tuple[int, int]:
    """The callers' core, and the hotline's."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextmanager
def pinned(core: int, command: Sequence[str], folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process on one core, ended when the block is."""
    started = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env={**os.environ, **environment},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.wait()


def sipp(*options: str) -> list[str]:
    command = shutil.which("sipp")
    if command is None:
        raise SystemExit("sipp is missing: make setup installs it")
    return [command, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin", "-buff_size", "4194304", *options]


class Looks(NamedTuple):
    """What a process held and had spent, looked at ten times a second; it is ready, and idle, at the look `READY`."""

    resident: list[int]
    spent_s: list[float]

    @property
    def empty(self) -> int:
        """Bytes it held before its first call."""
        return self.resident[min(READY, len(self.resident) - 1)]

    def calls_s(self, ended_s: float) -> float:
        """Seconds of processor time its calls took, of `ended_s` in all."""
        return ended_s - self.spent_s[min(READY, len(self.spent_s) - 1)]


READY = 35


def ran(command: Sequence[str], folder: Path, **environment: str) -> tuple[float, Looks]:
    """Run a caller to its end: seconds of its processor time, and how it looked meanwhile."""
    before, looks = resource.getrusage(resource.RUSAGE_CHILDREN), Looks([], [])
    with pinned(cores()[0], command, folder, **environment) as started:
        over = threading.Event()
        watching = threading.Thread(target=_watch, args=(started.pid, over, looks))
        watching.start()
        started.wait(timeout=240)
        over.set()
        watching.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, looks


def _watch(pid: int, over: threading.Event, looks: Looks) -> None:
    while not over.wait(0.1):
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (OSError, IndexError):
            return
        looks.resident.append(pages * resource.getpagesize())
        looks.spent_s.append((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))


def ours(host: str, folder: Path, rate: int, talks_s: int) -> dict[str, Any]:
    """`dialtest`'s switchboard, as the plain locustfile it is."""
    plan = folder / "plan.toml"
    plan.write_text(PLAN.format(size=rate * PLACING_S, rate=rate, talks_s=talks_s, ends_s=PLACING_S + 5))
    result = folder / f"ours-{talks_s}.json"
    command = [*locust(ROOT / "load" / "locustfile.py"), "--host", f"sip:{host}", "--plan", str(plan)]
    spent_s, looks = ran([*command, "--result", str(result), "--drain-s", str(talks_s + 40)], folder)
    found = json.loads(result.read_text())
    held, most = found["most_at_once"], max(looks.resident)
    return {
        "placed_per_s": round(found["placed"] / PLACING_S),
        "calls_per_processor_s": round(found["placed"] / looks.calls_s(spent_s)),
        "most_at_once": held,
        "bytes_per_caller": round((most - looks.empty) / held),
        "callers_per_gib": round(2**30 * held / (most - looks.empty)),
        "resident_mib": round(most / 2**20),
        "late_over_100_ms": found["late"],
        "failures": found["failures"],
        "lateness_ms": {name[:-2]: round(found["lateness"][name] * 1000, 2)
                        for name in ("p50_s", "p90_s", "p99_s", "p999_s", "most_s")},
    }  # fmt: skip


def by_sipp(host: str, folder: Path, rate: int) -> dict[str, Any]:
    """sipp's own caller, in C++."""
    count = rate * PLACING_S
    began_s = monotonic_s()
    options = ("-r", str(rate), "-m", str(count), "-l", str(count), "-d", "0")
    spent_s, _ = ran(sipp("-sn", "uac", host, *options), folder)
    return {"placed_per_s": round(count / (monotonic_s() - began_s)), "calls_per_processor_s": round(count / spent_s)}


def by_greenlets(host: str, folder: Path, users: int, talks_s: float, lasts_s: int) -> dict[str, Any]:
    """A plain locustfile: it places as many calls as its callers can, one after the other."""
    command = [*locust(ROOT / "tests" / "bench" / "greenlet_callers.py"), "--host", f"sip:{host}", "-u", str(users)]
    command += ["-r", "1000", "-t", f"{lasts_s + 4}s", "--csv", str(folder / "greenlets")]
    spent_s, looks = ran(command, folder, TALKS_S=str(talks_s))
    most = max(looks.resident)
    rows = (folder / "greenlets_stats.csv").read_text().splitlines()
    invites = next((row.split(",") for row in rows if row.startswith("SIP,INVITE")), ["", "", "0", "0"])
    placed, failed = int(invites[2]), int(invites[3])
    return {
        "placed_per_s": round(placed / lasts_s),
        "calls_per_processor_s": round(placed / looks.calls_s(spent_s)),
        "failed": failed,
        "users": users,
        "resident_mib": round(most / 2**20),
        "bytes": most,
    }


def locust(path: Path) -> list[str]:
    return [sys.executable, "-m", "locust", "-f", str(path), "--headless", "--only-summary"]


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(rate: int) -> Mapping[str, Any]:
    """All of them, one after the other, on one hotline."""
    port = free_port()
    host = f"127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answering = sipp("-sn", "uas", "-p", str(port), "-m", "100000000", "-l", "1000000")
        with pinned(cores()[1], answering, folder):
            time.sleep(1)
            found: dict[str, Any] = {"switchboard": ours(host, folder, rate, 1)}
            found["sipp_caller"] = by_sipp(host, folder, rate)
            found["greenlet_each"] = by_greenlets(host, folder, 200, 0.0, PLACING_S)
            found["switchboard_held_a_minute"] = ours(host, folder, rate, TALKS_S)
            few = by_greenlets(host, folder, 100, TALKS_S, 8)
            many = by_greenlets(host, folder, GREENLETS, TALKS_S, 12)
    each = (many.pop("bytes") - few.pop("bytes")) / (GREENLETS - 100)
    found["greenlet_each"].pop("bytes")
    found["greenlet_each"] |= {"bytes_per_caller": round(each), "callers_per_gib": round(2**30 / each)}
    mine, greenlets, theirs = found["switchboard"], found["greenlet_each"], found["sipp_caller"]
    speed = mine["calls_per_processor_s"]
    held = found["switchboard_held_a_minute"]["callers_per_gib"]
    found["ratios"] = {
        "calls_per_processor_s_to_greenlets": round(speed / greenlets["calls_per_processor_s"], 2),
        "calls_per_processor_s_to_sipp": round(speed / theirs["calls_per_processor_s"], 3),
        "callers_per_gib_to_greenlets": round(held / greenlets["callers_per_gib"], 1),
    }
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
