"""The hotline's books: a record of each call, and what became of all calls of a brand, counted (H3: none is lost)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Outcome = Literal["menu", "waiting", "answered", "abandoned", "diverted", "left_menu", "busy"]


class Entry(Struct):
    """One call. Times are seconds since the midnight before the hotline opened, on its own clock.

    `began_s`: when it came; `asked_s`: when it asked for an agent. `left_s`: when it was answered, gave up, took the
    self-service or left the menu; `ended_s`: when an answered one ended. `recorded`: owed a call back; `called_back_s`
    is when it was made good, `settled`: by an agent the caller got on a later call.
    """

    call: int
    msisdn: str
    brand: str
    began_s: float
    outcome: Outcome = "menu"
    asked_s: float | None = None
    left_s: float | None = None
    ended_s: float | None = None
    offered: bool = False
    recorded: bool = False
    settled: bool = False
    called_back_s: float | None = None


class Counts(Struct):
    """What became of a brand's calls. Every call is counted once under `calls`, and in the end once under one of
    answered, abandoned, diverted, left_menu and busy (no line was free).

    `asked`: asked for an agent. `recorded`: gave up and are owed a call back (H3), of which `called_back` were rung and
    `settled` got an agent on a later call. `unacknowledged`: answered, but the caller was gone. `told_other_ways`: SMS
    to those who gave up while the flow was on. `waited_s`: how long those who left the queue had waited, in all.
    """

    calls: int = 0
    asked: int = 0
    answered: int = 0
    abandoned: int = 0
    diverted: int = 0
    left_menu: int = 0
    busy: int = 0
    offered: int = 0
    recorded: int = 0
    called_back: int = 0
    settled: int = 0
    unacknowledged: int = 0
    told_other_ways: int = 0
    withdrew_by_sms: int = 0
    withdrew_by_web: int = 0
    waited_s: float = 0.0


class Book:
    """The last `keep` call records, by their numbers, which go up from 1 without a gap."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._ring: list[Entry] = []
        self.last = 0

    @property
    def first(self) -> int:
        """The oldest call whose record is still here; last + 1 where there is none."""
        return self.last - len(self._ring) + 1

    def open(self, msisdn: str, brand: str, now_s: float) -> Entry:
        """A call has come."""
        self.last += 1
        entry = Entry(self.last, msisdn, brand, now_s)
        if len(self._ring) < self._keep:
            self._ring.append(entry)
        else:
            self._ring[(self.last - 1) % self._keep] = entry
        return entry

    def entry(self, call: int) -> Entry | None:
        """The record of a call; None where it was dropped to keep the book small."""
        if not self.first <= call <= self.last:
            return None
        return self._ring[(call - 1) % self._keep]

    def after(self, call: int, most: int) -> Iterator[Entry]:
        """The records of at most `most` calls after `call`, in the order in which they came."""
        begin = max(call + 1, self.first)
        for number in range(begin, min(begin + most, self.last + 1)):
            yield self._ring[(number - 1) % self._keep]
