"""The served carrier's clock: it moves only while every client waits, no faster than it may, and forgets the dead."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from dialtest.clock import monotonic_s
from dialtest.model.observation import AnyObservation
from dialtest.served.replayable import ReplayableCarrier
from dialtest.wire.http_act import AnyActOnWire
from dialtest.wire.http_exchange import MOST_AHEAD_DAYS, Clock, Present, ProblemCode, Registered, Waited

MOST_CLIENTS = 64
MOST_ARRIVALS = 500
EVENTS_IN_A_ROW = 200


class Refusal(Exception):
    """A request that is not carried out, and why."""

    def __init__(self, code: ProblemCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(eq=False)
class _Wait:
    until: datetime
    after: int
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    void: bool = False


@dataclass(eq=False)
class _Client:
    name: str
    last_s: float
    wait: _Wait | None = None


class SharedClock:
    """Clients, their waits and the carrier's time. Lives in one event loop; `run` must run beside the requests.

    speed: carrier seconds per wall second at most, 0 for no limit. lease_s: after so many wall seconds in which a
    client neither asks nor waits it is dropped, because a dead test program must not hold everybody's time.
    """

    def __init__(self, carrier: ReplayableCarrier, speed: float = 0.0, lease_s: float = 600.0) -> None:
        self.carrier = carrier
        self.speed = speed
        self.lease_s = lease_s
        self._clients: dict[str, _Client] = {}
        self._replaced: list[str] = []
        self._changed = asyncio.Event()

    def register(self, name: str) -> Registered:
        """A client joins; one of the same name makes room, and the wait it left behind moves the clock no more."""
        for key, client in list(self._clients.items()):
            if client.name == name:
                self._drop(key)
                self._replaced = [*self._replaced[-999:], key]
        if len(self._clients) >= MOST_CLIENTS:
            raise Refusal("crowded", f"{MOST_CLIENTS} clients are registered already")
        key = token_hex(16)
        self._clients[key] = _Client(name, monotonic_s())
        self._changed.set()
        return Registered(key, self.carrier.identity, self.carrier.now, self.lease_s)

    def leave(self, key: str) -> None:
        """A client goes."""
        self._client(key)
        self._drop(key)

    def perform(self, key: str, msisdn: str, act: AnyActOnWire) -> AnyObservation:
        """Do an act now."""
        return self.carrier.perform(self._client(key).name, msisdn, act)

    def look(self) -> Clock:
        """What time it is, and who is there."""
        clients = self._clients.values()
        present = tuple(Present(client.name, client.wait.until if client.wait else None) for client in clients)
        return Clock(self.carrier.identity, self.carrier.now, self.carrier.cursor, present)

    async def wait(self, key: str, until: datetime, after: int, patience_s: float, gone: asyncio.Event) -> Waited:
        """Let time pass; `gone` is set when the asker hangs up, which ends the wait."""
        client, carrier = self._client(key), self.carrier
        if until > carrier.now + timedelta(days=MOST_AHEAD_DAYS):
            raise Refusal("too_far", f"at most {MOST_AHEAD_DAYS} days ahead of {carrier.now.isoformat()}")
        if after > carrier.cursor:
            raise Refusal("ahead", f"the last message is {carrier.cursor}, not {after}")
        carrier.advance(carrier.now)  # what acts set going for this very moment comes before whoever waits for it
        wait = _Wait(until, after)
        if not self._satisfied(wait):
            await self._sit_out(client, wait, patience_s, gone)
        if wait.void:
            raise self._gone(key)
        arrivals = carrier.log[after : after + MOST_ARRIVALS]
        carrier.keep_clock()
        return Waited(carrier.now, tuple(arrivals), carrier.cursor > after + MOST_ARRIVALS)

    async def run(self) -> None:
        """Move time as far as the waits allow, for ever."""
        while True:
            self._changed.clear()
            self._drop_dead()
            waits = [client.wait for client in self._clients.values() if client.wait is not None]
            if waits and len(waits) == len(self._clients):
                await self._let_time_pass(waits)
            else:
                await self._pause(self._lease_left_s())

    async def _sit_out(self, client: _Client, wait: _Wait, patience_s: float, gone: asyncio.Event) -> None:
        if client.wait is not None:  # one wait per client: the later one counts
            client.wait.answered.set()
        client.wait = wait
        self._changed.set()
        ends = [asyncio.ensure_future(wait.answered.wait()), asyncio.ensure_future(gone.wait())]
        try:
            await asyncio.wait(ends, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            if client.wait is wait:
                client.wait = None
            client.last_s = monotonic_s()
            self._changed.set()

    async def _let_time_pass(self, waits: list[_Wait]) -> None:
        """Go from event to event until a wait is satisfied or something changes; then whoever it concerns is told."""
        carrier, begun_s, begun_at = self.carrier, monotonic_s(), self.carrier.now
        target = min(wait.until for wait in waits)
        steps = 0
        while not self._changed.is_set():
            event = carrier.next_time()
            when = target if event is None else min(event, target)
            if not await self._is_time_for(when, begun_s, begun_at):
                return
            carrier.advance(when)
            satisfied = [wait for wait in waits if self._satisfied(wait)]
            for wait in satisfied:
                self._answer(wait)
            if satisfied:
                return
            steps += 1
            if steps % EVENTS_IN_A_ROW == 0:
                await asyncio.sleep(0)

    async def _is_time_for(self, when: datetime, begun_s: float, begun_at: datetime) -> bool:
        """Hold back until `when` may come at this speed; when something changes first, time stops short of it."""
        if not self.speed:
            return True
        due_s = begun_s + (when - begun_at).total_seconds() / self.speed
        if not await self._pause(due_s - monotonic_s()):
            return True
        passed = timedelta(seconds=(monotonic_s() - begun_s) * self.speed)
        self.carrier.advance(min(when, begun_at + passed))
        return False

    def _satisfied(self, wait: _Wait) -> bool:
        return wait.after < self.carrier.cursor or wait.until <= self.carrier.now

    def _answer(self, wait: _Wait) -> None:
        """From here on its client holds the time, though the answer is still on its way."""
        for client in self._clients.values():
            if client.wait is wait:
                client.wait = None
        wait.answered.set()

    async def _pause(self, seconds: float) -> bool:
        """Sit still for so long; whether something changed meanwhile."""
        if seconds > 0 and not self._changed.is_set():
            try:
                await asyncio.wait_for(self._changed.wait(), seconds)
            except TimeoutError:
                return False
        return self._changed.is_set()

    def _client(self, key: str) -> _Client:
        client = self._clients.get(key)
        if client is None:
            raise self._gone(key)
        client.last_s = monotonic_s()
        return client

    def _gone(self, key: str) -> Refusal:
        if key in self._replaced:
            return Refusal("replaced", "another program registered under this name since")
        return Refusal("dropped", "no such client is registered (any more)")

    def _drop(self, key: str) -> None:
        wait = self._clients.pop(key).wait
        if wait is not None:
            wait.void = True
            wait.answered.set()
        self._changed.set()

    def _drop_dead(self) -> None:
        now_s = monotonic_s()
        for key, client in list(self._clients.items()):
            if client.wait is None and now_s - client.last_s >= self.lease_s:
                self._drop(key)

    def _lease_left_s(self) -> float:
        holding = [client.last_s for client in self._clients.values() if client.wait is None]
        return max(0.001, min(holding) + self.lease_s - monotonic_s()) if holding else 3600.0
