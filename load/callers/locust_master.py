"""The master of a run: gives every worker its share, says when to begin, gathers the pages, and notes who was lost.

Imports gevent and Locust, so only Locust user files may import it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gevent
import msgspec

from dialtest.clock import monotonic_s, wall_now
from dialtest.errors import DialtestError
from load.callers.books import Page
from load.callers.gathered import Gathered
from load.callers.hotline_books import HotlineBooks, read_books, with_books
from load.callers.locust_seat import BEGIN, BEGIN_WITHIN_S, DRAIN, ORDER, PAGE, READY
from load.callers.order import Order
from load.callers.told import summary
from load.measured import Measured, write_measured

logger = logging.getLogger(__name__)
LAST_WORDS_S = 15.0
BAD_INPUT, COULD_NOT_TEST = 2, 3
LOCAL = "local"


class Master:
    """order_of: makes the order of a run when it starts. result: the file the measurement goes to, if any.

    tell_fd: a file descriptor that gets a line of JSON each second: callers, ended, at_once.
    """

    def __init__(self, environment: Any, order_of: Callable[[], Order], result: Path | None, tell_fd: int) -> None:
        self._environment, self._order_of = environment, order_of
        self._result, self._tell_fd = result, tell_fd
        self._gathered: Gathered | None = None
        self._began: datetime = datetime.fromtimestamp(0, UTC)
        self._began_s = 0.0
        self._ready: set[str] = set()
        self._begun = self._refused = False
        self._before: HotlineBooks | None = None
        environment.runner.register_message(READY, self._on_ready)
        environment.runner.register_message(PAGE, self._on_page)

    @property
    def workers(self) -> list[str]:
        """Those who are there to be given a share."""
        clients = getattr(self._environment.runner, "clients", None)
        if clients is None:
            return [LOCAL]
        return [client.id for client in clients.all if client.state != "missing"]

    @property
    def running(self) -> bool:
        """Whether a run is open."""
        return self._gathered is not None

    def open(self) -> None:
        """A run starts: send everyone their share; one that may not be is told and ends at once."""
        self._refused = False
        try:
            order = self._order_of()
        except (DialtestError, ValueError, OSError) as error:
            logger.error("%s", error)
            self._refused, self._environment.process_exit_code = True, BAD_INPUT
            return
        self._share_out(order)

    def _share_out(self, order: Order) -> None:
        plan, names = order.plan(), self.workers
        shares = {name: len(order.share(plan, place, len(names))) for place, name in enumerate(names)}
        self._gathered, self._ready, self._begun = Gathered(plan, order, shares), set(), False
        self._began, self._began_s = wall_now(plan.zone), monotonic_s()
        self._before = read_books(order.http) if order.http else None
        content = msgspec.json.encode(order)
        for place, name in enumerate(names):
            data = {"order": content, "mine": place, "of": len(names)}
            self._environment.runner.send_message(ORDER, data, client_id=name)

    def look(self) -> tuple[int, float] | None:
        """How many users Locust should have now, one switchboard for each worker; None once the run is over."""
        gathered = self._gathered
        if self._refused:
            return None
        if gathered is None:
            return len(self.workers), 100.0
        self._miss(gathered)
        waited_s = monotonic_s() - self._began_s
        if not self._begun and waited_s > BEGIN_WITHIN_S:
            self._begin()
        if gathered.done:
            return None
        if waited_s > gathered.order.longest_s(gathered.plan) + LAST_WORDS_S + BEGIN_WITHIN_S * (not self._begun):
            gathered.stopped_early = True
            return None
        self._tell(gathered)
        return len(gathered.shares), 100.0

    def drain(self) -> None:
        """Let nobody place calls any more."""
        if self._gathered is not None:
            self._gathered.stopped_early = True
        self._environment.runner.send_message(DRAIN)

    def close(self) -> Measured | None:
        """The run is over: what it measured, written and told; None where none was open."""
        gathered, self._gathered = self._gathered, None
        if gathered is None:
            return None
        if not gathered.done:
            gathered.stopped_early = True
            self._last_words(gathered)
        order = gathered.order
        after = read_books(order.http) if order.http else None
        measured = gathered.measured(self._began, monotonic_s() - self._began_s)
        measured = with_books(measured, self._before, after)
        if self._result is not None:
            write_measured(measured, self._result)
        for line in summary(measured):
            logger.info("%s", line)
        self._environment.process_exit_code = 0 if measured.reached and measured.heard else COULD_NOT_TEST
        return measured

    def _last_words(self, gathered: Gathered) -> None:
        """Workers that were told to stop send their last page."""
        with gevent.Timeout(2, False):
            while not gathered.done:
                gevent.sleep(0.05)

    def _begin(self) -> None:
        self._begun, self._began_s = True, monotonic_s()
        self._environment.runner.send_message(BEGIN)

    def _miss(self, gathered: Gathered) -> None:
        there = set(self.workers)
        for name in gathered.shares:
            if name not in there and gathered.lose(name):
                words = "Worker %s is lost: what became of %d of its callers is not known."
                page = gathered.pages.get(name)
                logger.error(words, name, gathered.shares[name] - (page.ended if page else 0))

    def _tell(self, gathered: Gathered) -> None:
        if self._tell_fd >= 0:
            told = {"callers": sum(gathered.shares.values()), "ended": gathered.ended,
                    "at_once": sum(page.at_once for page in gathered.pages.values())}  # fmt: skip
            try:
                os.write(self._tell_fd, msgspec.json.encode(told) + b"\n")
            except OSError:
                self._tell_fd = -1

    def _on_ready(self, environment: Any, msg: Any, **_: Any) -> None:
        if self._gathered is None or msg.node_id not in self._gathered.shares:
            return
        self._gathered.shares[msg.node_id] = int(msg.data)
        self._ready.add(msg.node_id)
        if self._ready >= set(self._gathered.shares) - self._gathered.lost and not self._begun:
            self._begin()

    def _on_page(self, environment: Any, msg: Any, **_: Any) -> None:
        if self._gathered is not None:
            self._gathered.take(msg.node_id, msgspec.json.decode(msg.data, type=Page))
