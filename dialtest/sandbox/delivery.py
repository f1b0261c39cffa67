"""How messages travel on an honest but real network: late, twice, out of order, and round outages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import blake2b
from random import Random

from dialtest.model.observation import Message
from dialtest.sandbox.agenda import NETWORK_FIRST, Agenda

Deliver = Callable[[str, Message], None]
After = Callable[[datetime, timedelta], datetime]

DUPLICATED_SHARE = 0.02
OUTAGE_DAY_SHARE = 0.05


def draw(*what: object) -> float:
    """A number in [0, 1) that depends on `what` alone: the same for every process, order and number of jobs."""
    digest = blake2b("\x1f".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


class Outages:
    """Short times in which nothing gets through: on one day in twenty, 10 to 40 minutes, the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._days: dict[date, tuple[datetime, datetime] | None] = {}

    def end(self, when: datetime) -> datetime | None:
        """When the outage at `when` ends; None when there is none."""
        day = when.date()
        if day not in self._days:
            self._days[day] = self._of(when)
        window = self._days[day]
        return window[1] if window and window[0] <= when < window[1] else None

    def _of(self, when: datetime) -> tuple[datetime, datetime] | None:
        random = Random(f"{self._seed}/outage/{when.date()}")
        if random.random() >= OUTAGE_DAY_SHARE:
            return None
        begins = when.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=random.randrange(23 * 60))
        return begins, begins + timedelta(minutes=random.randrange(10, 41))


class Delivery:
    """Takes messages at the service centre and brings them to handsets."""

    def __init__(self, agenda: Agenda, outages: Outages, deliver: Deliver, after: After) -> None:
        self._after = after
        self._agenda = agenda
        self._outages = outages
        self._deliver = deliver

    def send(self, msisdn: str, sender: str, text: str, sent_at: datetime, random: Random) -> None:
        """Hand a message to the service centre at `sent_at`; it arrives seconds later, once or twice."""
        self._bring(msisdn, sender, text, sent_at, random.randrange(2, 40))
        if random.random() < DUPLICATED_SHARE:
            self._bring(msisdn, sender, text, sent_at, random.randrange(40, 120))

    def _bring(self, msisdn: str, sender: str, text: str, sent_at: datetime, travel_s: int) -> None:
        arrives = self._after(sent_at, timedelta(seconds=travel_s))
        arrives = self._outages.end(arrives) or arrives
        self._agenda.at(arrives, NETWORK_FIRST, self._arrive, msisdn, Message(arrives, sent_at, sender, text))

    def _arrive(self, msisdn: str, message: Message) -> None:
        self._deliver(msisdn, message)
