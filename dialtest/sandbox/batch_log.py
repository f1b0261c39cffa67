"""The carrier's own log of its 25 batches: every part it sent to everybody, for a base of any size (T6, T8, T9)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from msgspec import Struct

from dialtest.policy.batches import Batches
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Batch
from dialtest.sandbox.batches import APART_S, into_batches, reminder_of, sending_time
from dialtest.sandbox.chance import Chance, draw
from dialtest.sandbox.conduct import HONEST, Conduct, Notice
from dialtest.sandbox.subscriber_base import HeldSubscription, Subscriber
from dialtest.sandbox.subscriber_base_file import told, writing


class LogLine(Struct, frozen=True):
    """One message the carrier sent; the columns of the log, in their order. Times are the market's own."""

    msisdn: str
    sent_at: str
    sender: str
    batch: int
    part: int
    parts: int
    text: str


COLUMNS = LogLine.__struct_fields__


class Sending:
    """Sends the batches. A dishonest `conduct` strikes a `share` of the subscriptions, each for itself.

    struck: how many subscriptions' reminders went wrong so far; messages: how many parts went out.
    """

    def __init__(
        self, policy: Policy, batches: Batches, seed: int, conduct: Conduct = HONEST, share: float = 1
    ) -> None:
        self._policy = policy
        self._batches = batches
        self._seed = seed
        self._conduct = conduct
        self._share = share
        self.struck = 0
        self.messages = 0

    def write(self, file: Path, subscribers: Iterable[Subscriber]) -> None:
        """Write the log, subscriber by subscriber."""
        with writing(file) as opened:
            table = csv.writer(opened)
            table.writerow(COLUMNS)
            for line in self.lines(subscribers):
                self.messages += 1
                table.writerow([getattr(line, name) for name in COLUMNS])

    def lines(self, subscribers: Iterable[Subscriber]) -> Iterator[LogLine]:
        """The log's lines: who holds what when the batches begin is put into them, and reminded of if he still does."""
        for subscriber in subscribers:
            held = [one for one in subscriber.subscriptions if one.held_at(self._batches.begins)]
            for batch, subscriptions in into_batches(self._batches, subscriber.brand, held).items():
                chance = Chance(self._seed, "existing", subscriber.msisdn, batch.number)
                when = sending_time(self._batches, batch, chance)
                yield from self._reminder(subscriber, batch, subscriptions, when)

    def _reminder(
        self, subscriber: Subscriber, batch: Batch, held: Sequence[HeldSubscription], when: datetime
    ) -> Iterator[LogLine]:
        """What is honestly told in one text, and what goes wrong in another."""
        told_of: dict[Conduct, list[HeldSubscription]] = {}
        for one in held:
            conduct = self._conduct if self._strikes(subscriber, one) else HONEST
            if one.held_at(when) or conduct.reminds_of_withdrawn():
                told_of.setdefault(conduct, []).append(one)
        for place, (conduct, subscriptions) in enumerate(told_of.items()):
            parts = reminder_of(self._policy, [one.service for one in subscriptions], when)
            notices = conduct.existing_reminder(parts)
            unheld = sum(not one.held_at(when) for one in subscriptions)
            self.struck += len(subscriptions) if notices != parts else unheld
            yield from _sent(subscriber, batch, notices, when + timedelta(seconds=place * APART_S), len(parts))

    def _strikes(self, subscriber: Subscriber, held: HeldSubscription) -> bool:
        if self._conduct is HONEST:
            return False
        return draw(self._seed, "batch fault", subscriber.msisdn, held.service.key) < self._share


def _sent(
    subscriber: Subscriber, batch: Batch, notices: Sequence[Notice], when: datetime, parts: int
) -> Iterator[LogLine]:
    for place, notice in zip(count(), notices):
        sent_at = told(when + timedelta(seconds=notice.delay_s))
        yield LogLine(subscriber.msisdn, sent_at, notice.sender, batch.number, place % parts + 1, parts, notice.text)
