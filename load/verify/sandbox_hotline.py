"""A hotline of the sandbox with a plan's agents, lines and emergency flow, in a process of its own on this machine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import IO

from dialtest.clock import monotonic_s
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.language import _
from load.plan.surge_plan import Desk, Emergency, SurgePlan

OPENS_WITHIN_S = 30.0
CLOSES_WITHIN_S = 15.0
HOUR_S = 3600
ADDRESSES = re.compile(r"@([\d.]+:\d+)\D.*http://([\d.]+:\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where it listens, as `host:port`: SIP over UDP, and HTTP."""

    sip: str
    http: str


@contextmanager
def sandbox_hotline(plan: SurgePlan, speed: float) -> Iterator[Addresses]:
    """A hotline that is there while the block runs; its clock shows the plan's begin until the first call comes.

    Raises DialtestError for a plan it cannot have (shifts that begin within an hour, pools), CouldNotTest where it
    does not open.
    """
    if plan.pools:
        raise DialtestError(_("The sandbox's hotline has no pools."), _("Verify the plan without them."))
    with TemporaryDirectory(prefix="dialtest-hotline-") as folder:
        terms = Path(folder, "terms.toml")
        terms.write_text(terms_text(plan), encoding="utf-8")
        started = subprocess.Popen(  # noqa: S603 - our own command, without a shell
            [sys.executable, "-m", "dialtest", "sandbox", "hotline", *_options(plan, speed, terms)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield _opened(started)
        finally:
            _close(started)


def terms_text(plan: SurgePlan) -> str:
    """The plan's desks and emergency flow as keys of a policy's [terms.hotline]."""
    desks = ",\n".join(f"  {_desk(desk)}" for desk in plan.desks)
    flow = _emergency(plan.emergency) if plan.emergency else ""
    return f"desks = [\n{desks},\n]\n{flow}"


def _desk(desk: Desk) -> str:
    shifts = []
    for one in desk.shifts:
        if one.from_s % HOUR_S or one.until_s % HOUR_S:
            problem = _("The sandbox's hotline changes shifts on the hour; those of {brand} do not.")
            raise DialtestError(problem.format(brand=desk.brand), _("Verify the plan with shifts of full hours."))
        hours = f"from_h = {one.from_s // HOUR_S}, until_h = {one.until_s // HOUR_S}"
        shifts.append(f"{{ {hours}, agents = {one.agents} }}")
    quiet = "background_per_h = 0.0, night_share = 0.0, ordered_per_day = 0, reminded_per_day = 0"
    return f'{{ brand = "{desk.brand}", standard = {desk.standard}, {quiet}, shifts = [{", ".join(shifts)}] }}'


def _emergency(flow: Emergency) -> str:
    lines = [
        "[emergency]",
        f"on_below = {flow.on_below}",
        f"off_at = {flow.off_at}",
        f"window_s = {round(flow.window_s)}",
        f"least_calls = {flow.least_calls}",
        f"self_service_share = {flow.self_service_share}",
        f"call_back_agents = {flow.call_back_agents}",
        f"call_back_mean_s = {round(flow.call_back_mean_s)}",
        f"call_back_from_h = {flow.call_back_from_h}",
        f"call_back_until_h = {flow.call_back_until_h}",
    ]
    return "\n".join(lines) + "\n"


def _options(plan: SurgePlan, speed: float, terms: Path) -> Sequence[str]:
    options = ["--policy", plan.policy, "--terms", str(terms), "--sip-port", "0", "--http-port", "0",
               "--speed", str(speed), "--starts", plan.moment(0).isoformat(), "--stands-still",
               "--longest-wait", "1000000", "--longest-call", "1000000", "--keep-calls", "1000000"]  # fmt: skip
    if plan.emergency is None:
        options.append("--no-emergency")
    if plan.call.menu is not None:
        options.append("--menu")
    for name, limit in (("--lines", plan.lines.lines), ("--menu-ports", plan.lines.menu_ports)):
        options += [name, str(limit)] if limit is not None else []
    return options


def _opened(started: subprocess.Popen[bytes]) -> Addresses:
    """Wait until it says where it listens."""
    said, ends_s = "", monotonic_s() + OPENS_WITHIN_S
    assert started.stdout is not None  # noqa: S101 - it was asked for
    while monotonic_s() < ends_s:
        line = _line(started.stdout, ends_s - monotonic_s())
        said += line
        found = ADDRESSES.search(said)
        if found:
            return Addresses(found[1], found[2])
        if not line and started.poll() is not None:
            break
    _close(started)
    problem = _("The sandbox's hotline did not open: {said}").format(said=said.strip() or _("it said nothing"))
    raise CouldNotTest(problem, _("Try it by hand: dialtest sandbox hotline"))


def _line(stream: IO[bytes], within_s: float) -> str:
    ready, _write, _error = select([stream], [], [], max(within_s, 0.0))
    return stream.readline().decode("utf-8", "replace") if ready else ""


def _close(started: subprocess.Popen[bytes]) -> None:
    if started.poll() is None:
        started.terminate()
        try:
            started.wait(CLOSES_WITHIN_S)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
    if started.stdout is not None:
        started.stdout.close()
