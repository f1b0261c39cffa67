"""The virtual driver: cases and the embedded carrier share one heap; months pass in seconds, nothing sleeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from math import inf

from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.runner import Runner, Running
from dialtest.campaign.watchdog import Watchdog
from dialtest.model.act import Listen
from dialtest.model.observation import Heard, Message
from dialtest.sandbox.agenda import CASE_AFTER, Agenda
from dialtest.sandbox.carrier import Carrier
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.planted import FaultPlan, Planted

NO_CURSOR = 0  # a virtual run is replayed, never resumed; a count would depend on the number of jobs


class VirtualDriver:
    """Runs planned cases against a carrier of its own, from the start of the campaign until all have ended.

    `filings`: those of the cast's services, where they are at hand already.
    """

    def __init__(
        self,
        runner: Runner,
        faults: Sequence[Planted],
        begins: datetime,
        msisdns: Iterable[str],
        filings: Filings | None = None,
    ) -> None:
        cast = runner.cast
        self.runner = runner
        self.agenda = Agenda(begins)
        numbers = [cast.numbers[msisdn] for msisdn in sorted(set(msisdns))]
        plan = FaultPlan(faults, cast.seed)
        filings = filings or Filings(cast.services.values())
        hear = partial(_hear, runner)  # not a method: with the carrier it would hold, all of it waited for a collection
        self.carrier = Carrier(cast.policy, filings, numbers, plan, self.agenda, hear, cast.seed)
        self._waiting: Iterator[PlannedCase] = iter(())
        self._left = 0

    def run(self, planned: Sequence[PlannedCase], until: datetime | None = None) -> None:
        """Dial every planned case (in order of their start), as far as `until`."""
        self._waiting = iter(planned)
        self._left = len(planned)
        self._start_next()
        step, last = self.agenda.step, until.timestamp() if until else inf
        with Watchdog():
            while self._left and step(last):
                pass
        self.runner.journal.commit()

    def close(self) -> None:
        """Drop what was still to happen: nobody is left to see it."""
        self.agenda.clear()

    def _start_next(self) -> None:
        planned = next(self._waiting, None)
        if planned is not None:
            self.agenda.at(planned.starts_at, CASE_AFTER, self._begin, planned)

    def _begin(self, planned: PlannedCase) -> None:
        self._start_next()
        self._play(self.runner.open(planned, self.agenda.now))

    def _play(self, running: Running) -> None:
        """Let the case act until it listens or ends; acts take no virtual time."""
        runner, agenda = self.runner, self.agenda
        while (act := running.act) is not None:
            if type(act) is Listen:
                agenda.at(act.until, CASE_AFTER, self._wake, running)
                return
            runner.outcome(running, self.carrier.perform(running.msisdn, act))
        self._left -= 1

    def _wake(self, running: Running) -> None:
        self.runner.outcome(running, Heard(self.agenda.now))
        self._play(running)


def _hear(runner: Runner, msisdn: str, message: Message) -> None:
    runner.hear(msisdn, message, NO_CURSOR)
