"""How messages travel on an honest but real network: late, twice, out of order, and round outages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from dialtest.model.observation import Message
from dialtest.sandbox.agenda import NETWORK_FIRST, Agenda
from dialtest.sandbox.chance import Chance

Deliver = Callable[[str, Message], None]

DUPLICATED_SHARE = 0.02
OUTAGE_DAY_SHARE = 0.05


class Outages:
    """Short times in which nothing gets through: on one day in twenty, 10 to 40 minutes, the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._days: dict[date, tuple[datetime, datetime] | None] = {}

    def end(self, when: datetime) -> datetime | None:
        """When the outage at `when` ends; None when there is none."""
        day = when.date()
        try:
            window = self._days[day]
        except KeyError:
            window = self._days[day] = self._of(when)
        return window[1] if window and window[0] <= when < window[1] else None

    def _of(self, when: datetime) -> tuple[datetime, datetime] | None:
        chance = Chance(self._seed, "outage", when.date())
        if chance.share() >= OUTAGE_DAY_SHARE:
            return None
        midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
        begins = midnight + timedelta(minutes=chance.between(0, 23 * 60))
        return begins, begins + timedelta(minutes=chance.between(10, 41))


class Delivery:
    """Takes messages at the service centre and brings them to handsets."""

    def __init__(self, agenda: Agenda, outages: Outages, deliver: Deliver) -> None:
        self._agenda = agenda
        self._outages = outages
        self._deliver = deliver

    def send(self, msisdn: str, sender: str, text: str, delay_s: int, chance: Chance) -> None:
        """Hand a message to the service centre `delay_s` from now; it arrives seconds later, once or twice."""
        agenda, sent_at = self._agenda, self._agenda.clock(delay_s)
        agenda.after(delay_s + chance.between(2, 40), self._arrive, msisdn, sent_at, sender, text)
        if chance.share() < DUPLICATED_SHARE:
            agenda.after(delay_s + chance.between(40, 120), self._arrive, msisdn, sent_at, sender, text)

    def _arrive(self, msisdn: str, sent_at: datetime, sender: str, text: str) -> None:
        """Bring the message, or try again when the network is back."""
        now = self._agenda.now
        back = self._outages.end(now)
        if back is None:
            self._deliver(msisdn, Message(now, sent_at, sender, text))
        else:
            self._agenda.at(back, NETWORK_FIRST, self._arrive, msisdn, sent_at, sender, text)
