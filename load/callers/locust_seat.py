"""One worker's place in a run: gets its share from the master, plays it when the master says so, reports each second.

Imports gevent and Locust, so only Locust user files may import it.
"""

from __future__ import annotations

import gc
import os
from typing import Any

import gevent
import msgspec
from gevent.event import Event

from dialtest.clock import monotonic_s
from load.arrivals.calls import WAYS
from load.callers.allowed import is_allowed
from load.callers.books import Books
from load.callers.http_way_out import HttpWayOut
from load.callers.line import Line
from load.callers.order import Order
from load.callers.share import Share
from load.callers.switchboard import PlanClock, Switchboard
from load.callers.udp_telephone import UdpTelephone
from load.plan.surge_plan import SurgePlan

READY, BEGIN, PAGE, ORDER, DRAIN = "surge_ready", "surge_begin", "surge_page", "surge_order", "surge_drain"
BEGIN_WITHIN_S = 120.0
GARBAGE_THRESHOLD = 200_000
"""Callers make no circles; collecting garbage among 50,000 of them only makes the next call late."""


class CallFailed(Exception):
    """What Locust is told of a failed call, in a few words."""


class Seat:
    """The share of this process, once the master has sent it; a run has one seat a process."""

    def __init__(self, environment: Any) -> None:
        self._environment = environment
        self._ordered, self._begun = Event(), Event()
        self._order: Order | None = None
        self._mine, self._of = 0, 1
        self._taken = False
        self._board: Switchboard | None = None
        self._way_out: HttpWayOut | None = None
        self._draining = False
        for kind, listener in ((ORDER, self._on_order), (BEGIN, self._on_begin), (DRAIN, self._on_drain)):
            environment.runner.register_message(kind, listener)

    @property
    def busy(self) -> bool:
        """Whether a share is being played."""
        return self._board is not None

    def play(self, ways: frozenset[int]) -> None:
        """Play this process's share of the callers who come by `ways`; nothing where another user does that already,
        or the master has given no share.
        """
        if self._taken or not self._ordered.wait(BEGIN_WITHIN_S) or self._order is None:
            return
        self._taken = True
        try:
            self._play(self._order, ways)
        finally:
            self._taken = False
            self._ordered.clear()
            self._begun.clear()

    def drain(self) -> None:
        """Place no more calls."""
        self._draining = True
        if self._board is not None:
            self._board.drain(monotonic_s())

    def _play(self, order: Order, ways: frozenset[int]) -> None:
        plan: SurgePlan = order.plan()
        share: Share = gevent.get_hub().threadpool.apply(order.share, (plan, self._mine, self._of, ways))
        telephone = UdpTelephone(order.hotline)
        books = Books(len(plan.brands), order.speed)
        line = Line(order.hotline, telephone.here, plan.brands, os.urandom(6).hex(),
                    lambda host: host == order.hotline[0] or is_allowed(host, order.allowed),
                    order.first_number, order.password)  # fmt: skip
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)
        self._send(READY, len(share))
        if not self._begun.wait(BEGIN_WITHIN_S):
            telephone.close()
            return
        self._drive(order, plan, share, telephone, books, line)

    def _drive(
        self, order: Order, plan: SurgePlan, share: Share, telephone: UdpTelephone, books: Books, line: Line
    ) -> None:
        begins_s = monotonic_s()
        clock = PlanClock(begins_s, order.speed)
        emergency = plan.emergency.self_service_share if plan.emergency else 0.0
        board = Switchboard(
            share, line, books, clock, telephone.post, self._tell, plan.brands, emergency,
            self._withdraw if order.http else None, -(-order.most_attempts // self._of),
        )  # fmt: skip
        self._way_out = HttpWayOut(order.http, plan.brands, order.first_number, self._withdrawn) if order.http else None
        self._board = board
        if self._draining:
            board.drain(begins_s)
        try:
            telephone.work(board, begins_s + order.longest_s(plan), lambda: self._page(board))
        finally:
            board.cut(monotonic_s())
            telephone.close()
            if self._way_out is not None:
                self._way_out.close()
            if board.garbage:
                books.failures["datagrams that belong to no call"] = board.garbage
            self._board, self._draining = None, False
            self._page(board, done=True)

    def _page(self, board: Switchboard, done: bool = False) -> None:
        self._send(PAGE, msgspec.json.encode(board.books.page(done)))

    def _send(self, kind: str, data: Any) -> None:
        self._environment.runner.send_message(kind, data)

    def _tell(self, kind: str, name: str, response_s: float, failure: str) -> None:
        self._environment.events.request.fire(
            request_type=kind, name=name, response_time=response_s * 1000, response_length=0,
            exception=CallFailed(failure) if failure else None, context={},
        )  # fmt: skip

    def _withdraw(self, caller: int, brand: int, way: str, scheduled_s: float) -> None:
        if self._way_out is not None:
            self._way_out.withdraw(caller, brand, way, scheduled_s)

    def _withdrawn(self, brand: int, way: str, due_s: float, begun_s: float, now_s: float, failure: str) -> None:
        if self._board is not None:
            self._board.withdrawn(brand, way, due_s, begun_s, now_s, failure)

    def _on_order(self, environment: Any, msg: Any, **_: Any) -> None:
        self._order = msgspec.json.decode(msg.data["order"], type=Order)
        self._mine, self._of = int(msg.data["mine"]), int(msg.data["of"])
        self._draining = False
        self._ordered.set()

    def _on_begin(self, environment: Any, msg: Any, **_: Any) -> None:
        self._begun.set()

    def _on_drain(self, environment: Any, msg: Any, **_: Any) -> None:
        self.drain()


def ways_of(task_names: set[str]) -> frozenset[int]:
    """The ways of callers that tasks of these names stand for."""
    return frozenset(place for place, name in enumerate(WAYS) if name in task_names)
