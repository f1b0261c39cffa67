"""The hotline in virtual time (H2, H3): callers in, call records out; only this module turns the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import count

from dialtest.policy.hotline_terms import HOURS, Desk, HotlineTerms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.hotline.brand_desk import HOUR_S, BrandDesk
from dialtest.sandbox.hotline.caller import Caller, CallRecord
from dialtest.sandbox.hotline.laws import exponential_s

TICK_S = 60.0
MOST_DAYS_AFTER = 7

HANGS_UP, GIVES_UP, CREW_DONE, TICK = range(4)


class Hotline:
    """Every brand's desk of a hotline. `run` takes callers and says how each left.

    seed: what the lengths of calls back depend on. In every run the outcomes sum to the calls, none who was recorded is
    lost, and none is called back twice.
    """

    def __init__(self, terms: HotlineTerms, seed: int = 0) -> None:
        self.terms = terms
        self.seed = seed

    def run(self, callers: Iterable[Caller]) -> list[CallRecord]:
        """Let all of `callers` ask; their records in the order they asked. Raises ValueError for an unknown brand."""
        by_brand: dict[str, list[Caller]] = {}
        for caller in sorted(callers, key=_asked):
            by_brand.setdefault(caller.brand, []).append(caller)
        records: list[CallRecord] = []
        for brand, asked in by_brand.items():
            desk = self.terms.desk(brand)
            if desk is None:
                raise ValueError(f"the hotline has no desk for the brand “{brand}”")
            records += DeskRun(self.terms, desk, self.seed).run(asked)
        return sorted(records, key=lambda record: (record.asked_s, record.call))


class DeskRun:
    """One brand's desk through some days of virtual time.

    `idle_since` are the times at which it came to have a free agent or none; with the flow's switches they tell what
    would have become of one more caller.
    """

    def __init__(self, terms: HotlineTerms, desk: Desk, seed: int) -> None:
        self.terms = terms.emergency
        self._agents = [desk.agents_at(hour) for hour in range(HOURS)]
        self.machine = BrandDesk(terms.emergency, self._agents[0])
        self.records: list[CallRecord] = []
        self.idle_since: list[tuple[float, bool]] = [(0.0, self.machine.idle)]
        self._by_call: dict[int, tuple[Caller, CallRecord]] = {}
        self._heap: list[tuple[float, int, int, int]] = []
        self._counter = count()
        self._chance = Chance(seed, "calls back", desk.brand)
        self._ticking = False

    def run(self, callers: Sequence[Caller]) -> list[CallRecord]:
        """Let `callers`, sorted by when they ask, ask; go on until nobody is left and nobody is owed a call back."""
        heap = self._heap
        for caller in callers:
            while heap and heap[0][0] <= caller.asked_s:
                self._step()
            self._ask(caller)
        give_up_s = (callers[-1].asked_s if callers else 0.0) + MOST_DAYS_AFTER * HOURS * HOUR_S
        while heap and heap[0][0] <= give_up_s:
            self._step()
        return self.records

    def _ask(self, caller: Caller) -> None:
        now_s = caller.asked_s
        record = CallRecord(caller.call, caller.msisdn, caller.brand, now_s)
        self.records.append(record)
        self._by_call[caller.call] = (caller, record)
        self._serve(now_s)
        welcome = self.machine.ask(caller.call, caller.msisdn, now_s)
        record.offered = welcome == "offered"
        if welcome == "answered":
            self._answered(caller.call, now_s)
        elif record.offered and caller.takes_self_service:
            self.machine.divert(caller.call)
            self._left(record, "diverted", now_s)
        else:
            self._at(now_s + caller.patience_s, GIVES_UP, caller.call)
            self._tick_from(now_s)
        self._note_idle(now_s)

    def _step(self) -> None:
        now_s, _, kind, call = heappop(self._heap)
        machine = self.machine
        if kind == HANGS_UP:
            machine.hang_up()
        elif kind == CREW_DONE:
            machine.end_call_back()
        elif kind == GIVES_UP and machine.give_up(call, now_s):
            record = self._left(self._by_call[call][1], "abandoned", now_s)
            record.recorded = True
        elif kind == TICK:
            self._ticking = False
        self._serve(now_s)
        self._call_back(now_s)
        self._tick_from(now_s)
        self._note_idle(now_s)

    def _serve(self, now_s: float) -> None:
        """Let whoever sits there in this hour take those who wait."""
        self.machine.agents = self._agents[int(now_s // HOUR_S % HOURS)]
        while (taken := self.machine.next_call(now_s)) is not None:
            self._answered(taken, now_s)

    def _answered(self, call: int, now_s: float) -> None:
        caller, record = self._by_call[call]
        self._left(record, "answered", now_s)
        self._at(now_s + caller.handle_s, HANGS_UP, call)
        for settled in self.machine.settled:
            self._by_call[settled][1].settled = True
        self.machine.settled.clear()

    def _left(self, record: CallRecord, outcome: str, now_s: float) -> CallRecord:
        record.outcome = outcome  # type: ignore[assignment]
        record.left_s = now_s
        return record

    def _call_back(self, now_s: float) -> None:
        while (back := self.machine.next_call_back(now_s)) is not None:
            for call in back.calls:
                self._by_call[call][1].called_back_s = now_s
            self._at(now_s + exponential_s(self._chance, self.terms.call_back_mean_s), CREW_DONE, back.calls[0])

    def _tick_from(self, now_s: float) -> None:
        """While somebody waits or is owed, look again each minute: the flow ends and shifts begin without a call."""
        if not self._ticking and (self.machine.owed or self.machine.waiting):
            self._ticking = True
            self._at((now_s // TICK_S + 1) * TICK_S, TICK, 0)

    def _at(self, when_s: float, kind: int, call: int) -> None:
        heappush(self._heap, (when_s, next(self._counter), kind, call))

    def _note_idle(self, now_s: float) -> None:
        idle = self.machine.idle
        if idle != self.idle_since[-1][1]:
            self.idle_since.append((now_s, idle))


def _asked(caller: Caller) -> tuple[float, int]:
    return caller.asked_s, caller.call
