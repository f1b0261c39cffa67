"""What the master knows of a run: who plays which share, each worker's latest page, and which workers were lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from load.callers.books import QUARTER_S, Books, Page, spread
from load.callers.order import Order
from load.measured import Measured, Quarter
from load.plan.surge_plan import SurgePlan


class Gathered:
    """shares: how many callers each worker was given, by the worker's name."""

    def __init__(self, plan: SurgePlan, order: Order, shares: Mapping[str, int]) -> None:
        self.plan, self.order, self.shares = plan, order, dict(shares)
        self.lost: set[str] = set()
        self.pages: dict[str, Page] = {}
        self.stopped_early = False

    def take(self, worker: str, page: Page) -> None:
        """A worker's latest page; one of a stranger, or of other brands, is left aside."""
        if worker in self.shares and len(page.tallies) == len(self.plan.brands):
            self.pages[worker] = page
            self.lost.discard(worker)

    def lose(self, worker: str) -> bool:
        """A worker is gone; whether that matters, because it was not done."""
        page = self.pages.get(worker)
        if worker not in self.shares or worker in self.lost or (page is not None and page.done):
            return False
        self.lost.add(worker)
        return True

    @property
    def done(self) -> bool:
        """Whether every worker has done its share or was lost."""
        return all(name in self.lost or (name in self.pages and self.pages[name].done) for name in self.shares)

    @property
    def calls_lost(self) -> int:
        """Callers of lost workers whose fate is not known."""
        ended = {name: self.pages[name].ended if name in self.pages else 0 for name in self.lost}
        return sum(self.shares[name] - ended[name] for name in self.lost)

    @property
    def ended(self) -> int:
        """Callers whose fate is known."""
        return sum(page.ended for page in self.pages.values())

    def books(self) -> Books:
        """All pages together."""
        books = Books(len(self.plan.brands), self.order.speed)
        for page in self.pages.values():
            books.add(page)
        return books

    def measured(self, began: datetime, wall_s: float) -> Measured:
        """The run as it is kept. A worker that has not said that it is done is a lost one by now."""
        for name in self.shares:
            self.lose(name)
        plan, order, books = self.plan, self.order, self.books()
        times = {name: spread(histogram) for name, histogram in books.times.items()}
        return Measured(
            plan=plan.name,
            digest=plan.digest,
            seed=order.seed,
            begins=plan.begins,
            ends=plan.ends,
            speed=order.speed,
            measured_at=began,
            wall_s=round(wall_s, 3),
            host="{}:{}".format(*order.hotline),
            workers=len(self.shares),
            workers_lost=len(self.lost),
            due=books.placed + books.not_started,
            placed=books.placed,
            late=books.late,
            not_started=books.not_started,
            lost=self.calls_lost,
            most_at_once=books.most_at_once,
            stopped_early=self.stopped_early,
            brands=books.brands(plan.brands),
            quarters=tuple(
                Quarter(plan.moment(quarter * QUARTER_S), plan.brands[brand], calls, answered)
                for (brand, quarter), (calls, answered) in sorted(books.quarters.items())
            ),
            failures=dict(sorted(books.failures.items())),
            reply=times["reply"],
            reply_service=times["reply_service"],
            answer=times["answer"],
            answer_service=times["answer_service"],
            lateness=times["lateness"],
        )
