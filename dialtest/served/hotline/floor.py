"""The agents' floor: every brand's desk by the hotline's clock, and the books (H2, H3). Knows nothing of SIP."""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush

from dialtest.policy.hotline_terms import HOURS, Desk
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.hotline.brand_desk import HOUR_S, BrandDesk, Welcome
from dialtest.sandbox.hotline.laws import exponential_s
from dialtest.served.hotline.book import Book, Counts, Entry
from dialtest.served.hotline.setup import HotlineSetup

GRAINS = 900  # the emergency flow's window is watched in so many steps, and so stays small at any rate of calls
SECONDS_A_DAY = HOURS * HOUR_S


class BrandFloor:
    """One brand's desk with its shifts, its crew and its counts (H2, H3)."""

    def __init__(self, setup: HotlineSetup, desk: Desk, book: Book) -> None:
        terms = setup.terms.emergency
        fixed = setup.agents.get(desk.brand)
        self.brand = desk.brand
        self.standard = desk.standard
        self.counts = Counts()
        self._terms = terms if setup.emergency else replace(terms, least_calls=2**62)
        self._agents = [desk.agents_at(hour) if fixed is None else fixed for hour in range(HOURS)]
        self.desk = BrandDesk(self._terms, self._agents[0])
        self._book = book
        self._emergency = setup.emergency
        self._grain_s = terms.window_s / GRAINS
        self._crew_done_s: list[float] = []
        self._chance = Chance(setup.seed, "calls back", desk.brand)

    def begin(self, msisdn: str, now_s: float) -> Entry:
        """A call has come, and is in the menu."""
        self.counts.calls += 1
        return self._book.open(msisdn, self.brand, now_s)

    def no_line(self, entry: Entry, now_s: float) -> None:
        """No line was free for it."""
        self.counts.busy += 1
        entry.outcome, entry.left_s = "busy", now_s

    def ask(self, entry: Entry, now_s: float) -> Welcome:
        """It asks for an agent."""
        self.counts.asked += 1
        entry.asked_s, entry.outcome = now_s, "waiting"
        welcome = self.desk.ask(entry.call, entry.msisdn, self._coarse(now_s))
        if welcome == "answered":
            self._answered(entry, now_s)
        elif welcome == "offered":
            entry.offered = True
            self.counts.offered += 1
        return welcome

    def give_up(self, entry: Entry, now_s: float) -> None:
        """It leaves the queue without an agent, and is recorded where there is an emergency flow (H3)."""
        desk, counts = self.desk, self.counts
        if self._emergency:
            counts.told_other_ways += desk.flow.on
            desk.give_up(entry.call, self._coarse(now_s))
            entry.recorded = True
            counts.recorded += 1
        else:
            desk.divert(entry.call)
        counts.abandoned += 1
        self._left(entry, now_s)
        entry.outcome = "abandoned"

    def divert(self, entry: Entry, now_s: float) -> None:
        """It takes the self-service it was offered (H3)."""
        self.desk.divert(entry.call)
        self.counts.diverted += 1
        self._left(entry, now_s)
        entry.outcome = "diverted"

    def leave_menu(self, entry: Entry, now_s: float) -> None:
        """It asked for no agent: it hung up in the menu, or was served there."""
        self.counts.left_menu += 1
        entry.outcome, entry.left_s = "left_menu", now_s

    def hang_up(self, entry: Entry, now_s: float) -> None:
        """An agent's call has ended."""
        self.desk.hang_up()
        entry.ended_s = now_s

    def next_call(self, now_s: float) -> int | None:
        """The call an agent takes now; None when nobody waits or no agent is free. Ask until None, and tell `take`."""
        return self.desk.next_call(self._coarse(now_s)) if self.desk.waiting else None

    def take(self, entry: Entry, now_s: float) -> None:
        """An agent has taken a waiting call."""
        self._answered(entry, now_s)

    def tick(self, now_s: float) -> None:
        """Shifts begin and end; the crew calls back (H3)."""
        desk, counts = self.desk, self.counts
        desk.agents = self._agents[int(now_s // HOUR_S % HOURS)]
        while self._crew_done_s and self._crew_done_s[0] <= now_s:
            heappop(self._crew_done_s)
            desk.end_call_back()
        while desk.owed and (back := desk.next_call_back(now_s)) is not None:
            heappush(self._crew_done_s, now_s + exponential_s(self._chance, self._terms.call_back_mean_s))
            counts.called_back += len(back.calls)
            for call in back.calls:
                entry = self._book.entry(call)
                if entry is not None:
                    entry.called_back_s = now_s

    def flow_on(self, now_s: float) -> bool:
        """Whether the emergency flow is on."""
        return self.desk.flow.look(self._coarse(now_s))

    def _answered(self, entry: Entry, now_s: float) -> None:
        self.counts.answered += 1
        self._left(entry, now_s)
        entry.outcome = "answered"
        settled = self.desk.settled
        if settled:
            self.counts.settled += len(settled)
            for call in settled:
                made_good = self._book.entry(call)
                if made_good is not None:
                    made_good.settled = True
            settled.clear()

    def _left(self, entry: Entry, now_s: float) -> None:
        entry.left_s = now_s
        self.counts.waited_s += now_s - (entry.asked_s or 0.0)

    def _coarse(self, now_s: float) -> float:
        return now_s // self._grain_s * self._grain_s
