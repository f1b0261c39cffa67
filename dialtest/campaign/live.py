"""The live driver: blocking network, threads for acts, and a commit before every act that cannot be taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from hashlib import sha256
from heapq import heappop, heappush
from itertools import count

from dialtest.campaign.interrupt import Interrupt, Interrupted
from dialtest.campaign.local_time import localised
from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.resume import restore_spend, resume
from dialtest.campaign.runner import Judge, Runner, Running
from dialtest.campaign.spend import Spend
from dialtest.campaign.watchdog import Watchdog
from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.unfinished import case_states, documents_of_kind, last_cursor
from dialtest.model.act import Listen
from dialtest.model.observation import AnyObservation, Heard
from dialtest.network.http import HttpNetwork
from dialtest.network.port import Arrival, Network
from dialtest.script.cast import Cast

ACTS_AT_ONCE = 8
NETWORK_DOCUMENT = "network"

Pending = dict["Future[AnyObservation]", Running]


class LiveDriver:
    """Runs planned cases over a live network, in one process, and goes on where an earlier run ended.

    The network's time is the cases' time. The main thread steps scripts and writes the journal; up to `acts_at_once`
    acts are under way in threads of their own, one per number, and no more intents than that are ever open.
    """

    def __init__(
        self,
        runner: Runner,
        network: Network,
        acts_at_once: int = ACTS_AT_ONCE,
        interrupt: Interrupt | None = None,
    ) -> None:
        self.runner = runner
        self.network = network
        self.interrupt = interrupt or Interrupt()
        self._acts_at_once = acts_at_once
        self._cursor = 0
        self._until: datetime | None = None
        self._planned: deque[PlannedCase] = deque()
        self._held: list[PlannedCase] = []
        self._wakes: list[tuple[datetime, int, Running]] = []
        self._counter = count()
        self._ready: list[Running] = []
        self._deaf_until: dict[str, datetime] = {}

    def run(self, planned: Sequence[PlannedCase], until: datetime | None = None) -> bool:
        """Dial every planned case that has not ended yet, as far as `until`; False when a person ended it before.

        Raises CouldNotTest when the network stays away or the journal cannot be written; what was committed is safe
        and the next run goes on from there.
        """
        journal, self._until = self.runner.journal, until
        with Watchdog(), self.interrupt.heeded(), ThreadPoolExecutor(self._acts_at_once) as pool:
            try:
                self._take_up(planned)
                self._fetch(self.network.now())  # what came while nobody was there goes to the cases open then
                while self._left():
                    self._perform_due(pool)
                    when = self._next_time()
                    if when is None or self._past(when):
                        break
                    self._fetch(when if until is None else min(when, until))
            except Interrupted:
                self.interrupt.asked = True
        journal.commit()
        return not self.interrupt.asked

    # Where to go on

    def _take_up(self, planned: Sequence[PlannedCase]) -> None:
        journal = self.runner.journal
        restore_spend(self.runner)
        self._cursor = last_cursor(journal)
        states, now = case_states(journal), self.runner.cast.policy.local(self.network.now())
        for case in planned:
            if case.case not in states:
                self._planned.append(case)
            elif states[case.case] == "open":
                running, self._deaf_until[case.case] = resume(self.runner, case.case, now)
                self._rest_or_ready(running)
        journal.commit()

    def _left(self) -> bool:
        return bool(self._planned or self._held or self._wakes or self._ready)

    # What is due

    def _perform_due(self, pool: ThreadPoolExecutor) -> None:
        """Let every case whose time has come act until it listens or ends."""
        pending: Pending = {}
        while True:
            asking, self._ready = self._ready, []
            while len(asking) + len(pending) < self._acts_at_once and (running := self._next_due()) is not None:
                asking.append(running)
            self.runner.journal.commit()  # the outcomes so far, and the intents of all that is asked now
            for running in asking:
                if running.act is not None:
                    pending[pool.submit(self.network.perform, running.msisdn, running.act)] = running
            if not pending:
                return
            self._take_outcomes(pending)

    def _take_outcomes(self, pending: Pending) -> None:
        """Write down what has come back; a driver that failed is told after everything else was written down."""
        failed: BaseException | None = None
        while pending:
            for done in wait(pending, return_when=FIRST_COMPLETED).done:
                running = pending.pop(done)
                failed = failed or done.exception()
                if done.exception() is None:
                    self.runner.outcome(running, localised(done.result(), self.runner.cast.policy))
                    self._rest_or_ready(running)
            if failed is None:
                return
        self.runner.journal.commit()
        if failed is not None:
            raise failed

    def _next_due(self) -> Running | None:
        """Wake or begin the next case whose time has come, until one wants to act."""
        if self.interrupt.asked:
            return None
        now = self.runner.cast.policy.local(self.network.now())
        due = now if self._until is None else min(now, self._until)
        while True:
            if self._wakes and self._wakes[0][0] <= due:
                running = heappop(self._wakes)[2]
                self.runner.outcome(running, Heard(now))
            elif (planned := self._next_start(due)) is not None:
                running = self.runner.open(planned, now)
            else:
                return None
            self._rest_or_ready(running)
            if self._ready:
                return self._ready.pop()

    def _next_start(self, due: datetime) -> PlannedCase | None:
        """The next case to begin; one whose number is still busy is held until it is free."""
        for place, held in enumerate(self._held):
            if held.msisdn not in self.runner.by_number:
                return self._held.pop(place)
        while self._planned and self._planned[0].starts_at <= due:
            planned = self._planned.popleft()
            if planned.msisdn not in self.runner.by_number:
                return planned
            self._held.append(planned)
        return None

    def _rest_or_ready(self, running: Running) -> None:
        if isinstance(running.act, Listen):
            heappush(self._wakes, (running.act.until, next(self._counter), running))
        elif running.act is not None:
            self._ready.append(running)

    # Time

    def _next_time(self) -> datetime | None:
        times = [self._wakes[0][0]] if self._wakes else []
        times += [self._planned[0].starts_at] if self._planned else []
        return min(times, default=None)

    def _past(self, when: datetime) -> bool:
        return self._until is not None and when > self._until and self.network.now() >= self._until

    def _fetch(self, until: datetime) -> None:
        """Wait, and write down what arrived; its cursors are durable before anything else happens."""
        arrivals: Sequence[Arrival] = ()
        with self.interrupt.while_waiting():
            arrivals = self.network.wait(until, self._cursor)
        for arrival in arrivals:
            self._hear(arrival)
            self._cursor = arrival.cursor
        self.runner.journal.commit()

    def _hear(self, arrival: Arrival) -> None:
        message = localised(arrival.message, self.runner.cast.policy)
        running = self.runner.by_number.get(arrival.msisdn)
        deaf_until = None if running is None else self._deaf_until.get(running.chain.case)
        if deaf_until is None or message.at > deaf_until:  # else fetched again, and older than the case
            self.runner.hear(arrival.msisdn, message, arrival.cursor)


def drive_live(
    cast: Cast,
    journal: Journal,
    planned: Sequence[PlannedCase],
    url: str,
    until: datetime | None = None,
    on_closed: Callable[[int], None] = lambda _: None,
    spend: Spend | None = None,
    judge: Judge | None = None,
) -> bool:
    """Dial the planned cases over the network at `url`; False when a person ended the run before its end.

    The frozen sources of the cast's scenarios and its policy must be kept in the journal already. A journal belongs to
    one network, whose delivery cursors it holds: raises DialtestError for another one.
    """
    address, interrupt = str(journal.engine.url), Interrupt()
    runner = Runner(cast, journal, spend, on_closed=on_closed, judge=judge)
    with interrupt.heeded():
        network = HttpNetwork(url, f"dialtest-{sha256(address.encode()).hexdigest()[:16]}")
        try:
            bind(journal, network.identity)
            return LiveDriver(runner, network, interrupt=interrupt).run(planned, until)
        finally:
            network.close()


def bind(journal: Journal, identity: str) -> None:
    """Tie the journal to a network, or raise DialtestError when it holds evidence of another."""
    known = documents_of_kind(journal, NETWORK_DOCUMENT)
    if known == [identity]:
        return
    if known or case_states(journal):
        raise DialtestError(
            f"This campaign was begun on another network ({known[0] if known else 'the embedded carrier'}).",
            "Start a fresh campaign folder for this network, or the served carrier with the ledger it had.",
        )
    journal.keep_document(NETWORK_DOCUMENT, identity, identity)
