"""The surge on the hotline as a locustfile, with Locust's own web page, CSV, HTML and workers:

locust -f load/locustfile.py --headless --host sip:127.0.0.1:5086 --plan surge.toml --speed 60

One Locust user is a switchboard of many callers. How many call, and when, is the plan's matter: a user count or a spawn
rate that is asked for changes nothing.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import gevent
from locust import LoadTestShape, User, events, tag, task
from locust.argument_parser import LocustArgumentParser
from locust.runners import WorkerRunner

from dialtest.errors import DialtestError
from dialtest.language import _
from load.callers.allowed import hotline_at
from load.callers.asked import Asked, order_of
from load.callers.locust_master import Master
from load.callers.locust_seat import Seat, ways_of
from load.callers.told import announcement
from load.commands.moments import between
from load.plan.exact import read_exact
from load.plan.reading import load_plan
from load.plan.surge_plan import SurgePlan

BAD_INPUT = 2


class Stage:
    """This process's part in the run."""

    master: Master | None = None
    seat: Seat | None = None
    interrupts = 0


class Callers(User):
    """A switchboard: all callers of this process. `--tags phone` leaves out those who withdraw by SMS or web."""

    @tag("phone")
    @task
    def phone(self) -> None:
        """Those who call."""
        self._play()

    @tag("sms", "instead")
    @task
    def sms(self) -> None:
        """Those who withdraw by SMS instead."""
        self._play()

    @tag("web", "instead")
    @task
    def web(self) -> None:
        """Those who withdraw on the web instead."""
        self._play()

    def _play(self) -> None:
        if Stage.seat is not None:
            Stage.seat.play(ways_of({getattr(one, "__name__", "") for one in self.tasks}))
        gevent.sleep(0.5)


class Surge(LoadTestShape):
    """One switchboard for each worker, until every caller's fate is known."""

    def tick(self) -> tuple[int, float] | None:
        """What Locust asks each second."""
        return Stage.master.look() if Stage.master is not None else None


def _arguments(parser: LocustArgumentParser) -> None:
    group = parser.add_argument_group("surge")
    group.add_argument("--plan", default="", help="The plan of the surge (dialtest surge init writes one)")
    group.add_argument("--speed", type=float, default=1.0, help="Seconds of the plan per second on the wall")
    group.add_argument("--seed", type=int, default=None, help="Other callers than the plan's seed draws")
    group.add_argument("--from", dest="from_moment", default="", help="Callers from this moment of the plan on")
    group.add_argument("--until", default="", help="Callers before this moment of the plan")
    group.add_argument("--http-host", default="", help="The hotline's web and SMS way out, such as 127.0.0.1:8087")
    group.add_argument("--allow-host", action="append", default=[], help="Another host that may be loaded")
    group.add_argument("--most-calls", type=int, default=1_000_000, help="Place no more calls than these")
    group.add_argument("--most-minutes", type=float, default=240.0, help="Take no longer than this on the wall")
    group.add_argument("--drain-s", type=float, default=0.0, help="Cut callers off so long after the last arrival")
    group.add_argument("--first-number", type=int, default=13_800_000_000, help="The first caller's number")
    parser.add_argument(
        "--digest-password", default="", is_secret=True, env_var="LOCUST_DIGEST_PASSWORD",
        help="Answers the hotline's digest challenge",
    )  # fmt: skip
    group.add_argument("--result", default="", help="Write what was measured into this JSON file")
    parser.add_argument("--tell-fd", type=int, default=-1, include_in_web_ui=False, help="Write progress there")


def _init(environment: Any, **further: Any) -> None:
    Stage.interrupts = 0
    if not isinstance(environment.runner, WorkerRunner):
        options = environment.parsed_options
        if options.headless or options.autostart:
            _announce(environment)
        result = Path(options.result) if options.result else None
        Stage.master = Master(environment, lambda: _order(environment), result, options.tell_fd)
        if options.tell_fd >= 0:
            gevent.spawn(_leave_with, os.getppid(), environment)
    if type(environment.runner).__name__ != "MasterRunner":
        Stage.seat = Seat(environment)


def _test_start(environment: Any, **further: Any) -> None:
    gevent.signal_handler(signal.SIGINT, _interrupt, environment)
    if Stage.master is not None:
        Stage.master.open()


def _test_stop(environment: Any, **further: Any) -> None:
    if Stage.master is not None and not environment.parsed_options.headless:
        Stage.master.close()


def _quitting(environment: Any, **further: Any) -> None:
    if Stage.master is not None:
        Stage.master.close()


def _leave_with(parent: int, environment: Any) -> None:
    """Whoever follows the run by `--tell-fd` is gone, so nobody waits for it any more."""
    while os.getppid() == parent:
        gevent.sleep(1)
    _leave(environment)


def _leave(environment: Any) -> None:
    environment.runner.quit()
    if environment.web_ui is not None:
        environment.web_ui.stop()


def _interrupt(environment: Any) -> None:
    """The first Ctrl-C drains, the second leaves."""
    Stage.interrupts += 1
    busy = Stage.master.running if Stage.master is not None else Stage.seat is not None and Stage.seat.busy
    if Stage.interrupts > 1 or not busy:
        _leave(environment)
    elif Stage.master is not None:
        Stage.master.drain()
    elif Stage.seat is not None:
        Stage.seat.drain()


def _order(environment: Any) -> Any:
    options = environment.parsed_options
    asked = Asked(
        plan=_plan(options), seed=options.seed, speed=options.speed, http=options.http_host,
        allowed=tuple(options.allow_host), most_calls=options.most_calls, most_minutes=options.most_minutes,
        drain_s=options.drain_s, first_number=options.first_number, password=options.digest_password,
    )  # fmt: skip
    return order_of(asked, hotline_at(environment.host or options.host or "", asked.allowed))


def _plan(options: Any) -> SurgePlan:
    if not options.plan:
        remedy = _("Write a plan to edit with: dialtest surge init {path}").format(path="plan.toml")
        raise DialtestError(_("Give the plan's TOML file."), remedy)
    if options.plan.endswith(".json"):
        return read_exact(Path(options.plan).read_bytes())
    begins, ends = (datetime.fromisoformat(text) if text else None for text in (options.from_moment, options.until))
    return between(load_plan(Path(options.plan)), begins, ends)


def _announce(environment: Any) -> None:
    try:
        order = _order(environment)
        plan = order.plan()
        sys.stderr.write(announcement(plan, order, order.share(plan, 0, 1)) + "\n")
    except (DialtestError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(BAD_INPUT)


HOOKS: Any = events
HOOKS.init_command_line_parser.add_listener(_arguments)
HOOKS.init.add_listener(_init)
HOOKS.test_start.add_listener(_test_start)
HOOKS.test_stop.add_listener(_test_stop)
HOOKS.quitting.add_listener(_quitting)
