"""Runs Locust as a process of its own against a hotline and brings back what it measured."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.language import _, language
from load.callers.allowed import hotline_at
from load.callers.asked import Asked, order_of
from load.callers.order import Order
from load.measured import Measured, read_measured
from load.plan.exact import write_exact
from load.plan.planned import only_planned
from load.plan.surge_plan import SurgePlan

LOCUSTFILE = Path(__file__).parents[1] / "locustfile.py"
LOG_LINES = 6
LAST_LOG = 20_000
LEAVES_WITHIN_S = 15.0


class Progress(Struct, frozen=True):
    """How far a run is: callers in all, those whose fate is known, calls in progress."""

    callers: int
    ended: int
    at_once: int


@dataclass(frozen=True, slots=True)
class Manner:
    """How Locust runs: `workers` processes; `web`: the port of its web page, None for none."""

    workers: int = 1
    web: int | None = None


def measure(
    plan: SurgePlan,
    host: str,
    http: str = "",
    speed: float = 1.0,
    seed: int | None = None,
    workers: int = 1,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Measured:
    """Load the hotline at `host` (`127.0.0.1:5086`) with a plan's callers, and return what was measured.

    http: where its web way out and its books are, empty for none. Raises DialtestError for what cannot be asked for,
    CouldNotTest where Locust did not come to measure anything.
    """
    return measure_as_asked(Asked(plan, seed, speed, http), host, Manner(workers), on_progress)


def measure_as_asked(
    asked: Asked, host: str, manner: Manner, on_progress: Callable[[Progress], None] = lambda progress: None
) -> Measured:
    """The same, with every bound and option."""
    order = order_of(asked, hotline_at(host, asked.allowed))
    plan, _unplanned = only_planned(asked.plan)
    if manner.web is not None:
        _check_free(manner.web)
    with TemporaryDirectory(prefix="dialtest-surge-") as folder:
        path, result = Path(folder, "plan.json"), Path(folder, "measured.json")
        path.write_bytes(write_exact(plan))
        log = Path(folder, "locust.log")
        environment = {"DIALTEST_LANG": language(), "LOCUST_DIGEST_PASSWORD": asked.password}
        code = _run(_command(asked, order, manner, path, result), environment, log, on_progress)
        if not result.exists():
            raise CouldNotTest(
                _("Locust measured nothing (exit code {code}): {said}").format(code=code, said=_last_lines(log)),
                _("Try the same by hand: locust -f load/locustfile.py --headless --plan PLAN --host sip:…"),
            )
        return read_measured(result)


def _command(asked: Asked, order: Order, manner: Manner, plan: Path, result: Path) -> list[str]:
    host = "sip:{}:{}".format(*order.hotline)
    options = ["--host", host, "--plan", str(plan), "--result", str(result), "--seed", str(order.seed)]
    options += ["--speed", repr(asked.speed), "--most-calls", str(asked.most_calls)]
    options += ["--most-minutes", repr(asked.most_minutes), "--drain-s", repr(order.drain_s)]
    options += ["--first-number", str(asked.first_number)]
    options += ["--http-host", order.http] if order.http else []
    for allowed in (*asked.allowed, *(() if order.hotline[0] in asked.allowed else (order.hotline[0],))):
        options += ["--allow-host", allowed]
    if manner.web is None:
        options += ["--headless", "--only-summary"]
    else:
        options += ["--autostart", "--web-host", "127.0.0.1", "--web-port", str(manner.web)]
    if manner.workers > 1:
        port = str(_free_port())
        options += ["--processes", str(manner.workers), "--master-bind-host", "127.0.0.1", "--master-bind-port", port]
        options += ["--master-port", port]
    return [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), *options]


def _run(
    command: Sequence[str], environment: Mapping[str, str], log: Path, on_progress: Callable[[Progress], None]
) -> int:
    """Run Locust to its end. The first Ctrl-C lets it drain, the second ends it."""
    reading, writing = os.pipe()
    with log.open("wb") as said, os.fdopen(reading, "rb", buffering=0) as told:
        process = subprocess.Popen(  # noqa: S603 - our own command, without a shell
            [*command, "--tell-fd", str(writing)], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            pass_fds=(writing,), start_new_session=True, env={**os.environ, **environment},
        )  # fmt: skip
        os.close(writing)
        interrupts = 0
        try:
            while True:
                try:
                    _follow(process, told.fileno(), on_progress)
                    return process.wait()
                except KeyboardInterrupt:
                    interrupts += 1
                    if interrupts > 1:
                        raise
                    process.send_signal(signal.SIGINT)
        finally:
            _leave(process)


def _follow(process: subprocess.Popen[bytes], told: int, on_progress: Callable[[Progress], None]) -> None:
    """Pass progress on until Locust is gone."""
    rest = b""
    while process.poll() is None:
        ready, _w, _x = select([told], [], [], 0.2)
        if not ready:
            continue
        content = os.read(told, 65_536)
        if not content:
            return
        *lines, rest = (rest + content).split(b"\n")
        for line in lines[-1:]:
            on_progress(msgspec.json.decode(line, type=Progress))


def _leave(process: subprocess.Popen[bytes]) -> None:
    """End Locust and its workers, which are a process group of their own."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(LEAVES_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _last_lines(log: Path) -> str:
    text = log.read_bytes()[-LAST_LOG:].decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(("--", "Type "))]
    return " / ".join(lines[-LOG_LINES:]) or _("it said nothing")


def _check_free(port: int) -> None:
    """Raises DialtestError where Locust's web page could not open."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            problem = _("Locust's web page cannot open at port {port}: {reason}.")
            remedy = _("Take another one: --web-port")
            raise DialtestError(problem.format(port=port, reason=error.strerror), remedy) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
