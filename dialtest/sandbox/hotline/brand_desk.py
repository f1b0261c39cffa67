"""One brand's queue and its agents, as a machine without clock or chance: whoever drives it says what happens when.

A waiting caller costs one entry in a queue and one in a table, so that tens of thousands can wait. The same machine
serves callers made by a seed in virtual time and callers on real lines.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from msgspec import Struct

from dialtest.policy.hotline_terms import HOURS, EmergencyTerms
from dialtest.sandbox.hotline.emergency import EmergencyFlow

HOUR_S = 3600

LEAST_GONE = 64  # so many who left the queue stand in it before it is made anew

Welcome = Literal["answered", "offered", "waiting"]


class CallBack(Struct, frozen=True):
    """A caller who is rung now, and all the calls of that caller that this makes good."""

    msisdn: str
    calls: tuple[int, ...]


class BrandDesk:
    """Who waits, who is being served, who is owed a call back (H2, H3). Times are seconds from a local midnight.

    First come, first served. A caller who gives up is recorded, once however often they tried; the crew calls back in
    the order of the records once the flow is off. Who gets an agent meanwhile is owed nothing any more: `settled`.
    """

    __slots__ = ("_crew_busy", "_owed", "_queue", "_terms", "_waiting", "agents", "busy", "flow", "settled")

    def __init__(self, terms: EmergencyTerms, agents: int) -> None:
        self.flow = EmergencyFlow(terms)
        self.agents = agents
        self.busy = 0
        self.settled: list[int] = []
        self._terms = terms
        self._queue: deque[int] = deque()
        self._waiting: dict[int, str] = {}
        self._owed: dict[str, list[int]] = {}
        self._crew_busy = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def owed(self) -> int:
        """How many callers are owed a call back."""
        return len(self._owed)

    @property
    def idle(self) -> bool:
        """Whether an agent is free."""
        return self.busy < self.agents

    # What callers do

    def ask(self, call: int, msisdn: str, now_s: float) -> Welcome:
        """A caller asks for an agent: is answered, or waits, or waits and is offered the self-service (H3)."""
        if self.idle and not self._waiting:
            self._answer(msisdn, now_s)
            return "answered"
        self._queue.append(call)
        self._waiting[call] = msisdn
        return "offered" if self.flow.look(now_s) else "waiting"

    def give_up(self, call: int, now_s: float) -> bool:
        """A waiting caller hangs up, and is recorded; False when that caller was not waiting any more."""
        msisdn = self._waiting.pop(call, None)
        if msisdn is None:
            return False
        self._forget_gone()
        self.flow.note(now_s, False)
        self._owed.setdefault(msisdn, []).append(call)
        return True

    def divert(self, call: int) -> bool:
        """A waiting caller takes the self-service, and is owed nothing; False when not waiting any more."""
        waited = self._waiting.pop(call, None) is not None
        self._forget_gone()
        return waited

    # What agents do

    def hang_up(self) -> None:
        """An agent has ended a call."""
        self.busy -= 1

    def end_call_back(self) -> None:
        """One of the crew has ended a call back."""
        self._crew_busy -= 1

    def next_call(self, now_s: float) -> int | None:
        """The call an agent takes now; None when nobody waits or no agent is free. Ask until None."""
        if not self.idle:
            return None
        while self._queue:
            call = self._queue.popleft()
            msisdn = self._waiting.pop(call, None)
            if msisdn is not None:
                self._answer(msisdn, now_s)
                return call
        return None

    def next_call_back(self, now_s: float) -> CallBack | None:
        """Whom the crew rings now (H3): nobody twice, nobody while the flow is on. Ask until None."""
        terms = self._terms
        hour = now_s // HOUR_S % HOURS
        if self._crew_busy >= terms.call_back_agents or not self._owed:
            return None
        if not terms.call_back_from_h <= hour < terms.call_back_until_h or self.flow.look(now_s):
            return None
        msisdn = next(iter(self._owed))
        self._crew_busy += 1
        return CallBack(msisdn, tuple(self._owed.pop(msisdn)))

    def _forget_gone(self) -> None:
        """Keep the queue as small as those who wait, where agents take nobody for long."""
        if len(self._queue) > 2 * len(self._waiting) + LEAST_GONE:
            self._queue = deque(self._waiting)

    def _answer(self, msisdn: str, now_s: float) -> None:
        self.busy += 1
        self.flow.note(now_s, True)
        if msisdn in self._owed:
            self.settled += self._owed.pop(msisdn)
