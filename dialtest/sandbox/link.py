"""The interface between BOSS and MISC (Q3): numbered messages that may be lost, late, doubled or out of order.

It knows nothing of what the messages say. Every subscriber has a way to each side; on it messages are numbered, taken
in the order of their numbers and each once, and repeated by the timer until their receipt has come.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.chance import Chance

LOST, DOUBLED, RECEIPT_LOST, LATE = 2, 4, 6, 16  # of a thousand messages, up to each of these
LATE_S = (1, 41)


class Fate(NamedTuple):
    """What becomes of one transmission: after how many seconds each copy arrives, and whether the sender is told.

    No copies: lost. Receipt “lost”: the sender never learns that it arrived; “false”: the sender is told that it did,
    and it did not, so that nobody will repeat it.
    """

    copies_after_s: tuple[int, ...]
    receipt: Literal["given", "lost", "false"] = "given"


PROMPT = Fate((0,))
"""The usual case."""


def honest_fate(chance: Chance) -> Fate:
    """How messages fare on an honest link: nearly all promptly, now and then one late, doubled or lost."""
    drawn = chance.between(0, 1000)
    if drawn >= LATE:
        return PROMPT
    if drawn < LOST:
        return Fate(())
    if drawn < DOUBLED:
        return Fate((0, chance.between(*LATE_S)))
    if drawn < RECEIPT_LOST:
        return Fate((0,), "lost")
    return Fate((chance.between(*LATE_S),))


def prompt_fate(chance: Chance) -> Fate:
    """A link on which nothing ever happens: that of a market which tells nothing of two systems."""
    return PROMPT


Message = tuple[Callable[..., None], tuple[Any, ...]]


class Backlog:
    """What trouble left on a way, by number: messages without a receipt, and those that arrived before their turn."""

    __slots__ = ("awaiting", "early", "watched")

    def __init__(self) -> None:
        self.awaiting: dict[int, Message] = {}
        self.early: dict[int, Message] = {}
        self.watched = False


class Way:
    """One subscriber's messages to one side. `numbered`: the last number given; `taken`: the last number taken."""

    __slots__ = ("backlog", "numbered", "taken")

    def __init__(self) -> None:
        self.numbered = self.taken = 0
        self.backlog: Backlog | None = None


class Line:
    """One subscriber's two ways, and the chance that decides what happens on them."""

    __slots__ = ("chance", "to_boss", "to_misc")

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.to_boss = Way()
        self.to_misc = Way()

    @property
    def busy(self) -> bool:
        """Whether anything is on its way."""
        backlogs = self.to_boss.backlog, self.to_misc.backlog
        return any(backlog is not None and bool(backlog.awaiting or backlog.early) for backlog in backlogs)


class Link:
    """Carries messages between the two systems. check_every_s: the timer's interval; 0: nothing is ever repeated."""

    def __init__(self, agenda: Agenda, check_every_s: int, fate: Callable[[Chance], Fate]) -> None:
        self._agenda = agenda
        self.check_every_s = check_every_s
        self.fate = fate
        self.repeated = 0

    def send(self, way: Way, chance: Chance, receive: Callable[..., None], *arguments: Any) -> None:
        """Let the other side `receive(*arguments)`: at once, as a rule; after trouble in its turn and only once."""
        way.numbered = number = way.numbered + 1
        fate = self.fate(chance)
        if fate is PROMPT and way.taken == number - 1:
            way.taken = number
            receive(*arguments)
            return
        backlog = way.backlog = way.backlog or Backlog()
        backlog.awaiting[number] = (receive, arguments)
        self._transmit(way, backlog, number, fate)
        self._watch(way, backlog, chance)

    def fetch(self, way: Way) -> None:
        """Ask the sender at once for all that is outstanding."""
        if way.backlog is not None:
            for number in sorted(way.backlog.awaiting):
                self._transmit(way, way.backlog, number, PROMPT)

    def _transmit(self, way: Way, backlog: Backlog, number: int, fate: Fate) -> None:
        message = backlog.awaiting[number]
        if fate.receipt == "false":
            del backlog.awaiting[number]
            return
        for after_s in fate.copies_after_s:
            what = (way, backlog, number, message, fate.receipt == "given")
            if after_s:
                self._agenda.after(after_s, self._arrive, *what)
            else:
                self._arrive(*what)

    def _arrive(self, way: Way, backlog: Backlog, number: int, message: Message, receipt: bool) -> None:
        """Give a receipt; take the message in its turn, unless it was taken already (a copy)."""
        if receipt:
            backlog.awaiting.pop(number, None)
        if number > way.taken:
            backlog.early[number] = message
        self._take(way, backlog)

    @staticmethod
    def _take(way: Way, backlog: Backlog) -> None:
        """Take what has arrived, in order. A missing number is waited for as long as somebody will repeat it; one that
        nobody will is left to the daily reconciliation.
        """
        while backlog.early:
            due = way.taken + 1
            message = backlog.early.pop(due, None)
            if message is None and due in backlog.awaiting:
                return
            way.taken = due
            if message is not None:
                receive, arguments = message
                receive(*arguments)

    def _watch(self, way: Way, backlog: Backlog, chance: Chance) -> None:
        if backlog.awaiting and not backlog.watched and self.check_every_s:
            backlog.watched = True
            self._agenda.after(self.check_every_s, self._check, way, backlog, chance)

    def _check(self, way: Way, backlog: Backlog, chance: Chance) -> None:
        """The timer (Q5): repeat what has no receipt yet."""
        backlog.watched = False
        for number in sorted(backlog.awaiting):
            self.repeated += 1
            self._transmit(way, backlog, number, self.fate(chance))
        self._watch(way, backlog, chance)
